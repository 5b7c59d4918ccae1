#pragma once

#include <cstdint>
#include <string_view>

namespace indexer::rpc {

// What a failed call says about calling again.
enum class Verdict {
    later,    // the same endpoint may serve it after a while
    not_yet,  // this is news to the endpoint, which may serve it soon; another may now
    busy,     // the endpoint limits our rate; another may serve it now
    ailing,   // the endpoint is failing, which its breaker should know; another may serve it now
    refused,  // the endpoint works but never serves this; another may
    too_old,  // the same, because its history begins later
    never,    // no endpoint will
};

// Reads the `error` object of an answer.
using Classify = Verdict(std::int64_t code, std::string_view message) noexcept;

// What JSON-RPC 2.0 and providers at large mean. Codes that belong to a chain are the chain's to
// read; an unknown one is worth another try.
Verdict standard_verdict(std::int64_t code, std::string_view message) noexcept;

// The enumerator's name.
[[nodiscard]] std::string_view name_of(Verdict verdict) noexcept;

// What an HTTP status other than 200 says.
[[nodiscard]] Verdict verdict_of_status(long status) noexcept;

}  // namespace indexer::rpc
