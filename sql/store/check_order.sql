-- Seqs in [$6, $7) whose transactions are other ones than those written, or in another order.
select seq, finding from indexer.wrong_order($1, $2, $3, $4, $5, $6::bigint, $7::bigint)
