#include "solana/programs/market.hpp"

#include <algorithm>
#include <utility>

#include "solana/programs/anchor.hpp"
#include "solana/programs/byte_reader.hpp"
#include "solana/programs/program.hpp"

namespace indexer::solana {

void Market::load(Transaction const& transaction) {
    transaction_ = &transaction;
    has_logs_ = false;
    swaps_.clear();
}

Swap Market::swap_of(Call const& call) const {
    Swap swap{};
    swap.at = call.at;
    swap.program = call.program;
    swap.aggregator = trace_.aggregator(call);
    return swap;
}

std::span<TokenMove const> Market::moves_below(Call const& call) const noexcept {
    return std::as_const(ledger_).token_moves(trace_.below(call));
}

Call const& Market::reported(Call const& event) const {
    auto const* const call = trace_.reported(event);
    if (call == nullptr) throw undecodable("an event that its program did not call for");
    return *call;
}

void Market::require_event(Call const& call, std::initializer_list<std::uint64_t> events) const {
    auto const later = trace_.calls().subspan(call.at.ordinal + 1);
    bool const is_there = std::any_of(later.begin(), later.end(), [&](Call const& event) {
        return event.program == call.program &&
               anchor::is_one_of(anchor::event_cpi(event.data), events) &&
               trace_.reported(event) == &call;
    });
    if (is_there) return;
    call.require_inner_recorded();
    throw undecodable("no event of what it traded");
}

std::string_view Market::logged_by(Call const& call) {
    if (!std::exchange(has_logs_, true)) logs_.load(transaction_->logs);
    auto const before = trace_.calls().first(call.at.ordinal);
    auto const invocation = std::count_if(before.begin(), before.end(), [&](Call const& other) {
        return other.program == call.program;
    });
    return logs_.data_of(*call.program, static_cast<std::size_t>(invocation));
}

}  // namespace indexer::solana
