-- The stored slots of content $1 that the chain gave up, by what is stored: their ends, and the
-- parent that the first block names.
select first_seq, end_seq, parent_seq, parent_hash from solana.abandoned($1)
