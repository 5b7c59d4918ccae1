#pragma once

#include <cstdint>
#include <string_view>

#include "rpc/verdict.hpp"

namespace indexer::stellar {

// Codes of Stellar RPC. Source: stellar-rpc, and the JSON-RPC library it uses (jrpc2).
namespace code {
inline constexpr std::int64_t kInvalidParams = -32602;
inline constexpr std::int64_t kInternal = -32603;
inline constexpr std::int64_t kTooSlow = -32001;  // the server's own limit, 5 or 10 seconds
inline constexpr std::int64_t kPanic = -32003;
}  // namespace code

// Reads an error of a Stellar RPC server, which says most things in words.
rpc::Verdict verdict(std::int64_t code, std::string_view message) noexcept;

// Whether the error says that a ledger lies outside of what the server holds: behind its retention
// window, or past its newest ledger, which then simply is not there yet. The bounds it names are
// those of that moment.
[[nodiscard]] bool says_out_of_range(std::string_view message) noexcept;

}  // namespace indexer::stellar
