#pragma once

#include <string>
#include <vector>

#include "tests/simulator/history/history.hpp"
#include "tests/simulator/transactions/transaction.hpp"

namespace indexer::simulator {

// The result of getBlock with encoding "json" as Agave writes it (keys sorted), with holes for what
// belongs to the slot: text for a BlockTemplate.
[[nodiscard]] std::string write_block(std::vector<Transaction> const& transactions,
                                      BlockRequest const& request);

}  // namespace indexer::simulator
