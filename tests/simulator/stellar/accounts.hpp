#pragma once

#include <map>
#include <string>

#include "tests/simulator/stellar/pieces.hpp"

namespace indexer::simulator::stellar {

// 32 bytes that belong to a number, of some kind.
[[nodiscard]] std::string made_key(std::uint64_t seed, std::uint64_t kind, std::uint64_t number);

// The accounts of a made-up network within one ledger. How an account begins the ledger is a pure
// function of the seed and the ledger, so a ledger can be had without those before it: the chain
// of balances from ledger to ledger is not kept. Within the ledger each change goes on from the one
// before. Not safe for concurrent use.
class Accounts {
  public:
    Accounts(std::uint64_t seed, std::uint32_t ledger) : seed_(seed), ledger_(ledger) {}

    [[nodiscard]] AccountState const& state(std::uint64_t number) { return find(number); }

    // Two LedgerEntryChanges: the account before and after.
    [[nodiscard]] std::string pay(std::uint64_t number, std::int64_t amount);
    [[nodiscard]] std::string set_sequence(std::uint64_t number, std::int64_t sequence);

  private:
    AccountState& find(std::uint64_t number);

    std::uint64_t seed_;
    std::uint32_t ledger_;
    std::map<std::uint64_t, AccountState> states_;
};

}  // namespace indexer::simulator::stellar
