#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stellar/hash.hpp"
#include "tests/simulator/encoding/random.hpp"
#include "tests/simulator/stellar/accounts.hpp"

namespace indexer::simulator::stellar {

[[nodiscard]] std::string no_memo();

// What one made-up transaction does, in its one operation.
struct Action {
    std::string body;                    // OperationBody
    std::string result;                  // OperationResultTr
    std::vector<std::string> changes{};  // LedgerEntryChange
    std::vector<std::string> events{};   // ContractEvent
    std::string memo = no_memo();
    bool success = true;
};

// Where it happens.
struct Scene {
    indexer::stellar::Hash const& network;
    std::uint64_t seed = 0;
    std::uint32_t ledger = 0;
    bool unified_events = true;    // protocol 23: payments have events, too
    bool muxed_contracts = false;  // protocol 30: tokens go to accounts that a contract keeps
    std::uint64_t population = 0;
    unsigned events_per_call = 1;  // of a token's contract
    Accounts& accounts;
};

enum class ActionKind {
    payment,
    credit_payment,  // of an asset that an account issues
    failed_payment,
    create_account,
    token_call,  // of a contract with its own token (SEP-41)
    upload,      // of a contract's code
};

// As chance has it; a share fails.
[[nodiscard]] ActionKind pick_action(double failure_rate, Random& random);

[[nodiscard]] constexpr bool is_soroban(ActionKind kind) noexcept {
    return kind == ActionKind::token_call || kind == ActionKind::upload;
}

[[nodiscard]] Action act(Scene const& scene, ActionKind kind, std::uint64_t source, Random& random);

// The contract that stands for the network's own coin.
[[nodiscard]] std::string native_contract(indexer::stellar::Hash const& network);

}  // namespace indexer::simulator::stellar
