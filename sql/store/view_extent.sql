-- From where to where the blocks that the view $1 shows reach; null when it shows none.
select first_seq, last_seq from indexer.view_extent($1)
