#pragma once

#include <string_view>

#include "config/config.hpp"

namespace indexer::cli {

// What a seq of the chain is called in option names: "slot" or "ledger".
[[nodiscard]] std::string_view position_name(std::string_view name) noexcept;

// Makes of --chain, --source and the range options what commands go by: options.chain, from and to.
// Throws base::Error with Fault::usage when they speak of different chains.
void settle_chain(config::Options& options);

}  // namespace indexer::cli
