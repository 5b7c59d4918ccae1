-- Writes down the network on first use; answers the one the database belongs to.
with claimed as (
    insert into indexer.networks (chain, network) values ($1, $2)
    on conflict (chain) do nothing
    returning network
)
select network from claimed
union all
select network from indexer.networks where chain = $1
limit 1
