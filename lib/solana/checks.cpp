#include "solana/checks.hpp"

#include <array>

#include "sql/statements.hpp"

namespace indexer::solana {
namespace {

constexpr std::array<model::Check, 4> kChecks{
    sql::solana::check_blocks, sql::solana::check_transactions, sql::solana::check_events,
    sql::solana::check_abandoned};

}  // namespace

std::span<model::Check const> checks() noexcept {
    return kChecks;
}

std::string_view notes() noexcept {
    return sql::solana::note_unrecorded;
}

std::string_view find_abandoned() noexcept {
    return sql::solana::find_abandoned;
}

}  // namespace indexer::solana
