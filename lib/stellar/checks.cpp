#include "stellar/checks.hpp"

#include <array>

#include "sql/statements.hpp"

namespace indexer::stellar {
namespace {

constexpr std::array<model::Check, 2> kChecks{sql::stellar::check_ledgers,
                                              sql::stellar::check_undecoded};

}  // namespace

std::span<model::Check const> checks() noexcept {
    return kChecks;
}

}  // namespace indexer::stellar
