-- The network that the database belongs to; nothing before rows of chain $1 were written.
select network from indexer.networks where chain = $1
