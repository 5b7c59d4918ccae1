-- What nodes did not record of the transactions in [$1, $2), for a certificate.
select 'not recorded', unrecorded, count(*), 'transaction'
from solana.transactions
where slot >= $1 and slot < $2 and unrecorded is not null
group by unrecorded
order by unrecorded
