#pragma once

#include "solana/json.hpp"
#include "solana/transaction.hpp"

namespace indexer::solana {

// Reads one element of a block's `transactions` (encoding json, details full) into `transaction`,
// whose buffers are used again. Throws as json.hpp says; `transaction` is then of no use.
// Source: getBlock of Agave, and answers from 2020 to 2026, whose fields come and go.
void parse_transaction(json::ondemand::object object, Transaction& transaction);

}  // namespace indexer::solana
