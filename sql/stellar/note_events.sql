-- The ledgers in [$1, $2) of whose nodes there are no events but those of contracts, for a
-- certificate.
select 'not emitted', format('events of fees and classic operations, by the nodes of %s', case count(*) when 1 then '1 ledger' else count(*) || ' ledgers' end)
from stellar.ledgers
where ledger >= $1 and ledger < $2 and not classic_events
having count(*) > 0
