-- The holes of a chain, grouped by reason.
select content, reason, count(*) as seqs, min(seq) as first_seq, max(seq) as last_seq,
       (array_agg(error order by seq))[1] as error
from indexer.holes
where chain = $1
group by content, reason
order by content, first_seq
