-- Writes down the network on first use, unless it is not known; answers the one the database belongs
-- to.
with claimed as (
    insert into indexer.networks (chain, network) select $1::text, $2::text where $2::text <> ''
    on conflict (chain) do nothing
    returning network
)
select network from claimed
union all
select network from indexer.networks where chain = $1
limit 1
