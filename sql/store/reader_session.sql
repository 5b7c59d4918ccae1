-- A session that only looks, and gets times in the one form that the program reads. What it asks
-- goes along primary keys from one end to the other: merging needs no memory, and it takes the same
-- way whether or not the tables were ever analysed. $1: for this transaction only.
select set_config('transaction_read_only', 'on', true),
       set_config('default_transaction_read_only', 'on', $1::boolean),
       set_config('timezone', 'UTC', $1::boolean),
       set_config('datestyle', 'ISO, YMD', $1::boolean),
       set_config('jit', 'off', $1::boolean),
       set_config('enable_seqscan', 'off', $1::boolean),
       set_config('enable_bitmapscan', 'off', $1::boolean),
       set_config('enable_hashjoin', 'off', $1::boolean),
       set_config('max_parallel_workers_per_gather', '0', $1::boolean)
