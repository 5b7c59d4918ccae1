#pragma once

#include <cstdint>

#include "solana/json.hpp"
#include "solana/transaction.hpp"

namespace indexer::solana {

// Whose token balances are read. They are a good part of a block, and nothing is made of those of
// a transaction that failed but by a filter.
enum class Balances : std::uint8_t {
    of_all,
    of_successful,  // and of those that failed where the answer tells so only behind the balances
};

// Reads one element of a block's `transactions` (encoding json, details full) into `transaction`,
// whose buffers are used again. Throws as json.hpp says; `transaction` is then of no use.
// Source: getBlock of Agave, and answers from 2020 to 2026, whose fields come and go.
void parse_transaction(json::ondemand::object object, Transaction& transaction, Balances balances);

}  // namespace indexer::solana
