#include "solana/checks.hpp"

#include <array>

#include "sql/statements.hpp"

namespace indexer::solana {
namespace {

constexpr std::array<model::Check, 3> kChecks{
    sql::solana::check_blocks, sql::solana::check_transactions, sql::solana::check_events};

}  // namespace

std::span<model::Check const> checks() noexcept {
    return kChecks;
}

}  // namespace indexer::solana
