-- Text of Stellar's chain is bytes, which need not be UTF-8: it stands in columns as SEP-51 writes it.
comment on column stellar.transactions.memo is 'type (text, id, hash, return) and value; null for none. Text is bytes of any kind, written as SEP-51 does: what is no printable ASCII is escaped, as in caf\xc3\xa9';
comment on column stellar.token_operations.to_muxed_id is 'id or memo that to_address keeps accounts by; bytes as hex, a string as SEP-51 writes it: what is no printable ASCII is escaped, as in caf\xc3\xa9';
comment on column stellar.account_entries.home_domain is 'as SEP-51 writes it: what is no printable ASCII is escaped';
