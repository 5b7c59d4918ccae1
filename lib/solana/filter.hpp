#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "solana/programs/ledger.hpp"
#include "solana/programs/swap.hpp"
#include "solana/transaction.hpp"

namespace indexer::solana {

// Addresses to look for; none means that all will do.
class AddressSet {
  public:
    AddressSet() = default;
    explicit AddressSet(std::vector<std::string> addresses);

    [[nodiscard]] bool empty() const noexcept { return addresses_.empty(); }
    [[nodiscard]] bool has(std::string_view address) const noexcept;
    // In the same order whatever order they came in.
    [[nodiscard]] std::vector<std::string> const& addresses() const noexcept { return addresses_; }

  private:
    std::vector<std::string> addresses_;
};

// Which rows are written. A row is kept when it fits each of the sets that is not empty.
struct Filter {
    AddressSet programs;  // called by the row's transaction, at top level or from inside
    AddressSet mints;     // of what the row moves or trades
    AddressSet accounts;  // that take part in what the row tells

    // A transaction's own row: its mints are those of its token balances, its accounts also the
    // owners of its token accounts.
    [[nodiscard]] bool keeps(Transaction const& transaction) const noexcept;

    // Rows of what a transaction did. Requires: calls_program(transaction).
    [[nodiscard]] bool keeps(Transaction const& transaction, TokenMove const& move) const noexcept;
    [[nodiscard]] bool keeps(Transaction const& transaction,
                             LamportMove const& move) const noexcept;
    [[nodiscard]] bool keeps(Swap const& swap) const noexcept;

    [[nodiscard]] bool calls_program(Transaction const& transaction) const noexcept;

    // Whether a transaction's own row depends on its token balances.
    [[nodiscard]] bool reads_balances() const noexcept {
        return !mints.empty() || !accounts.empty();
    }
};

}  // namespace indexer::solana
