-- Events of the ledgers in [$1, $2), to be compared with what was written.
select * from stellar.events where ledger >= $1 and ledger < $2 order by ledger
