-- What an aggregator says of a trade is left out where the venue's own row is there, and only there:
-- of venues that are not decoded a leg is all that is known.
create or replace view solana.swap_events as
select *
from solana.swap_sides as trade
where not is_aggregator_leg
    or not exists (
        select from solana.swaps as venue
        where (venue.slot, venue.transaction_index, venue.instruction_index)
            = (trade.slot, trade.transaction_index, trade.instruction_index)
            and not venue.is_aggregator_leg
            and (
                venue.program = trade.leg_program
                or (
                    trade.leg_program is null
                    and least(venue.input_mint, venue.output_mint)
                        = least(trade.base_mint, trade.quote_mint)
                    and greatest(venue.input_mint, venue.output_mint)
                        = greatest(trade.base_mint, trade.quote_mint)
                )
            )
    );
comment on view solana.swap_events is 'trades, each counted once: by the venue''s own row where there is one, else by what an aggregator says of its leg there';
comment on table solana.swaps is 'Trades in successful transactions, one normal form for all venues. Where an aggregator trades through a venue that is decoded there are two rows, one of each; solana.swap_events leaves the second out';
comment on view solana.jupiter_swaps is 'legs of Jupiter''s routes; those through venues that are decoded are also in the views of these';
