-- Ledgers in [$2, $3) of which nothing but the header's hash and its links is understood.
select letter.seq,
       format('indexer.dead_letters: only its header is proven, nothing else of it is understood '
              '(%s); a newer indexer reads it with indexer dead-letters retry', letter.error)
           as finding
from indexer.dead_letters as letter
join indexer.contents as known using (chain, content)
join indexer.blocks as block on block.content_id = known.content_id and block.seq = letter.seq
where letter.chain = 'stellar' and letter.content = $1 and letter.path = ''
    and letter.stage = 'decode' and letter.seq >= $2::bigint and letter.seq < $3::bigint
order by letter.seq
limit 1000
