-- Writers only look up keys. Plans made while a table is empty or never analysed must not choose a
-- scan of the whole table, and a prepared statement is planned once. $1: for this transaction only.
select set_config('enable_seqscan', 'off', $1::boolean),
       set_config('enable_hashjoin', 'off', $1::boolean),
       set_config('enable_mergejoin', 'off', $1::boolean),
       set_config('plan_cache_mode', 'force_generic_plan', $1::boolean),
       set_config('jit', 'off', $1::boolean)
