-- From where to where each content of a chain reaches, its holes included.
select content, min(first_seq) as first_seq, max(last_seq) as last_seq
from (
    select content, first_seq, last_seq from indexer.segments where chain = $1
    union all
    select content, seq, seq from indexer.holes where chain = $1
) as part
group by content
order by content
