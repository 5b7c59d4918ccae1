#pragma once

#include "tests/simulator/stellar/actions.hpp"

namespace indexer::simulator::stellar {

// One transaction of a ledger; all in XDR but the hash, which is its 32 bytes.
struct MadeTransaction {
    std::string hash;
    std::string envelope;
    std::string result;          // TransactionResult
    std::string fee_changes;     // LedgerEntryChanges
    std::string meta;            // TransactionMeta
    std::string refund_changes;  // LedgerEntryChanges
    bool soroban = false;
};

struct TransactionMixture {
    unsigned transactions = 10;  // a ledger, on average
    double failure_rate = 0.1;
    double call_rate = 0;          // share of calls of tokens, besides those that chance has anyway
    unsigned events_per_call = 1;  // at least 1
};

// The transactions of a ledger in the order they are applied: first all fees are taken, then each
// is done, then what Soroban did not use is given back.
[[nodiscard]] std::vector<MadeTransaction> make_transactions(Scene const& scene,
                                                             TransactionMixture const& mixture);

}  // namespace indexer::simulator::stellar
