-- Takes the next $3 turns of a rate that all who name it share, $2 microseconds apart; in how many
-- microseconds the first falls due.
insert into indexer.rate_limits as known (name, next_at)
values ($1, clock_timestamp() + $2::bigint * $3::bigint * interval '1 microsecond')
on conflict (name) do update
set next_at = greatest(known.next_at, clock_timestamp())
              + $2::bigint * $3::bigint * interval '1 microsecond'
returning greatest(0, (extract(epoch from known.next_at - clock_timestamp()) * 1000000)::bigint
                      - $2::bigint * $3::bigint)
