-- Removes the dead letters of runs of seqs whose blocks are written now, but those that are left:
-- where in which block, at which stage.
delete from indexer.dead_letters as settled
using unnest($3::bigint[], $4::bigint[]) as run (first_seq, last_seq)
where settled.chain = $1 and settled.content = $2
    and settled.seq between run.first_seq and run.last_seq
    and (settled.seq, settled.path, settled.stage) not in (
        select seq, path, stage from unnest($5::bigint[], $6::text[], $7::text[])
            as remaining (seq, path, stage))
