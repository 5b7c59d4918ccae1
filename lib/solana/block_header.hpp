#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/seq.hpp"

namespace indexer::solana {

// What a getBlock answer says about the block itself.
struct BlockHeader {
    base::Seq slot;  // of the question: the answer does not repeat it
    std::optional<std::int64_t> height;
    std::optional<std::int64_t> time;  // seconds since 1970-01-01 UTC
    std::string_view blockhash;
    std::optional<std::int64_t> parent_slot;
    std::string_view previous_blockhash;
    std::optional<std::string> rewards;  // JSON; only there when asked for
    std::optional<std::int64_t> reward_partitions;
};

// What its transactions add up to, votes included. Those that could not be decoded count in
// `transactions` only.
struct BlockTotals {
    std::int64_t transactions = 0;
    std::int64_t votes = 0;
    std::int64_t failed = 0;
    std::int64_t fee = 0;
    std::optional<std::int64_t> compute_units_consumed;  // nothing when no transaction says
};

}  // namespace indexer::solana
