#pragma once

#include "base/json_writer.hpp"
#include "tests/simulator/transactions/transaction.hpp"

namespace indexer::simulator {

void write_instruction(base::JsonWriter& json, Instruction const& instruction);

// A transaction's "meta": what came of it. Without rewards asked for, "rewards" is null.
void write_meta(base::JsonWriter& json, Transaction const& transaction, bool rewards);

}  // namespace indexer::simulator
