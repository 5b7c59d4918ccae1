-- A session that only looks, and gets times in the one form that the program reads. What it asks
-- goes along primary keys from one end to the other: merging needs no memory, and it takes the same
-- way whether or not the tables were ever analysed.
set default_transaction_read_only = on;
set timezone = 'UTC';
set datestyle = 'ISO, YMD';
set jit = off;
set enable_seqscan = off;
set enable_bitmapscan = off;
set enable_hashjoin = off;
set max_parallel_workers_per_gather = 0;
