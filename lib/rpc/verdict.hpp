#pragma once

#include <cstdint>
#include <string_view>

namespace indexer::rpc {

// What a failed call says about calling again.
enum class Verdict {
    later,      // the same endpoint may serve it after a while
    not_yet,    // this is news to the endpoint, which may serve it soon; another may now
    busy,       // the endpoint limits our rate; another may serve it now
    exhausted,  // it serves nothing until a quota is renewed; another may serve it now
    ailing,     // the endpoint is failing, which its breaker should know; another may serve it now
    refused,    // the endpoint works but never serves this; another may
    too_old,    // the same, because its history begins later
    never,      // no endpoint will
};

// Reads the `error` object of an answer.
using Classify = Verdict(std::int64_t code, std::string_view message) noexcept;

// What JSON-RPC 2.0 and providers at large mean, words of a limit first (limit_shapes.hpp). Codes
// that belong to a chain are the chain's to read; an unknown one is worth another try. Code 0: none
// was told.
Verdict standard_verdict(std::int64_t code, std::string_view message) noexcept;

// The enumerator's name.
[[nodiscard]] std::string_view name_of(Verdict verdict) noexcept;

// What an HTTP status other than 200 says, and the words that came with it.
[[nodiscard]] Verdict verdict_of_status(long status, std::string_view words = {}) noexcept;

}  // namespace indexer::rpc
