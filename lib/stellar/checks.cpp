#include "stellar/checks.hpp"

#include <array>

#include "sql/statements.hpp"

namespace indexer::stellar {
namespace {

constexpr std::array<model::Check, 1> kChecks{sql::stellar::check_ledgers};

}  // namespace

std::span<model::Check const> checks() noexcept {
    return kChecks;
}

std::string_view notes() noexcept {
    return sql::stellar::note_events;
}

}  // namespace indexer::stellar
