-- Lets this transaction wait for as long as it likes. It holds nothing but its lock: neither a
-- snapshot nor a transaction id, so that it keeps no VACUUM waiting.
select set_config(name, '0', true) from pg_settings
where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')
