-- Writers only look up keys. Plans made while a table is empty or never analysed must not choose a
-- scan of the whole table, and a prepared statement is planned once.
set enable_seqscan = off;
set enable_hashjoin = off;
set enable_mergejoin = off;
set plan_cache_mode = force_generic_plan;
set jit = off;
