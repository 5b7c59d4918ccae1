-- The ledgers in [$1, $2) of whose nodes there are no events but those of contracts, for a
-- certificate.
select 'not emitted', 'events of fees and classic operations, by the nodes', count(*), 'ledger'
from stellar.ledgers
where ledger >= $1 and ledger < $2 and not classic_events
having count(*) > 0
