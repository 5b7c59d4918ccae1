#include <optional>

#include "solana/cells.hpp"
#include "solana/programs/program.hpp"
#include "solana/rows.hpp"

namespace indexer::solana {
namespace {

std::optional<std::string_view> address(Transaction const& transaction,
                                        std::optional<std::uint8_t> account) noexcept {
    if (!account) return std::nullopt;
    return transaction.accounts[*account];
}

}  // namespace

void append_token_transfer(BlockHeader const& header, Transaction const& transaction,
                           TokenMove const& move, model::RowBatch& rows) {
    rows.append(header.slot.value(), transaction.index, move.at.instruction_index,
                move.at.inner_index, move.at.batch_index, transaction.signature, header.time,
                move.kind, move.program, unless_empty(move.mint), move.decimals,
                numeric(move.amount), numeric(move.fee), unless_empty(move.from_owner),
                unless_empty(move.to_owner), address(transaction, move.from),
                address(transaction, move.to), transaction.accounts[move.authority]);
}

void append_sol_transfer(BlockHeader const& header, Transaction const& transaction,
                         LamportMove const& move, model::RowBatch& rows) {
    rows.append(header.slot.value(), transaction.index, move.at.instruction_index,
                move.at.inner_index, transaction.signature, header.time, move.kind,
                transaction.accounts[move.from], transaction.accounts[move.to], move.lamports);
}

void append_swap(BlockHeader const& header, Transaction const& transaction, Swap const& swap,
                 Ledger const& ledger, model::RowBatch& rows) {
    std::optional<std::string_view> aggregator;
    std::optional<std::int16_t> aggregator_index;
    if (swap.aggregator != nullptr) {
        aggregator = swap.aggregator->program->address;
        aggregator_index = swap.aggregator->at.inner_index;
    }
    bool const is_leg = swap.program->aggregates;
    auto const fee_mint = swap.fee_amount ? unless_empty(swap.fee_mint) : std::nullopt;
    rows.append(header.slot.value(), transaction.index, swap.at.instruction_index,
                swap.at.inner_index, swap.leg, transaction.signature, header.time,
                swap.program->venue, swap.program->address, unless_empty(swap.pool),
                unless_empty(swap.trader), unless_empty(swap.input_mint),
                numeric(swap.input_amount), ledger.decimals_of(swap.input_mint),
                unless_empty(swap.output_mint), numeric(swap.output_amount),
                ledger.decimals_of(swap.output_mint), fee_mint, numeric(swap.fee_amount), is_leg,
                unless_empty(swap.leg_program), aggregator, aggregator_index);
}

}  // namespace indexer::solana
