#pragma once

#include <cstdint>
#include <string_view>

#include "rpc/verdict.hpp"

namespace indexer::solana {

// Codes of Solana's nodes. Source: Agave, rpc-client-api/src/custom_error.rs.
namespace code {
inline constexpr std::int64_t kBlockCleanedUp = -32001;
inline constexpr std::int64_t kBlockNotAvailable = -32004;
inline constexpr std::int64_t kNodeUnhealthy = -32005;
inline constexpr std::int64_t kSlotSkipped = -32007;
inline constexpr std::int64_t kLongTermStorageSlotSkipped = -32009;
inline constexpr std::int64_t kHistoryNotAvailable = -32011;
inline constexpr std::int64_t kBlockStatusNotYet = -32014;
inline constexpr std::int64_t kUnsupportedVersion = -32015;
inline constexpr std::int64_t kLongTermStorageUnreachable = -32019;
inline constexpr std::int64_t kInvalidParams = -32602;
}  // namespace code

// Reads an error of a Solana node. Providers give some codes a meaning of their own (QuickNode's
// rate limit has the code of a skipped slot, Alchemy's load shedding that of a block cleaned up),
// so a code says what it does together with its words only; without them it is worth another try.
rpc::Verdict verdict(std::int64_t code, std::string_view message) noexcept;

// Whether the code says that a block could not be had, which proves nothing about its slot: the
// same codes are given for slots that were skipped and for blocks a node has lost.
[[nodiscard]] bool says_unavailable(std::int64_t code) noexcept;

}  // namespace indexer::solana
