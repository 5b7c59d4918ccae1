#pragma once

#include "base/json_writer.hpp"
#include "tests/simulator/history/history.hpp"
#include "tests/simulator/transactions/transaction.hpp"

namespace indexer::simulator {

[[nodiscard]] std::size_t signature_count(Transaction const& transaction);

// One element of a block's "transactions"; its signatures are the block's from `first_signature`.
void write_transaction(base::JsonWriter& json, Transaction const& transaction,
                       std::size_t first_signature, BlockRequest const& request);

}  // namespace indexer::simulator
