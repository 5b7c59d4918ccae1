-- Notes the blocks of one commit group, and adds what they prove to coverage.
select indexer.add_blocks($1, $2, $3, $4::int, $5, $6, $7, $8, $9, $10, $11, $12, $13)
