-- Those of the tables $3 whose rows do not tell by themselves that a content has them.
select name from unnest($3::text[]) as asked (name)
where indexer.condition($1, $2, name) is null
