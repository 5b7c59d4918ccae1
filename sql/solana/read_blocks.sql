-- Blocks of the slots in [$1, $2), to be compared with what was written.
select * from solana.blocks where slot >= $1 and slot < $2 order by slot
