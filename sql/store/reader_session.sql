-- A session that only looks, and gets times in the one form that the program reads.
set default_transaction_read_only = on;
set timezone = 'UTC';
set datestyle = 'ISO, YMD';
set jit = off;
