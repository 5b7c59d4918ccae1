#include "rpc/verdict.hpp"

#include <algorithm>
#include <array>

namespace indexer::rpc {
namespace {

// Rate limits come under many codes: 429, -32005, -32007, -32029, -32429.
bool speaks_of_a_rate_limit(std::string_view message) noexcept {
    constexpr std::array<std::string_view, 4> kPhrases{"ate limit", "equest limit",
                                                       "oo many requests", "imit exceeded"};
    return std::any_of(kPhrases.begin(), kPhrases.end(), [&](std::string_view phrase) {
        return message.find(phrase) != std::string_view::npos;
    });
}

}  // namespace

Verdict standard_verdict(std::int64_t code, std::string_view message) noexcept {
    if (code == 429 || code == -32429 || speaks_of_a_rate_limit(message)) return Verdict::busy;
    switch (code) {
        case -32600:  // invalid request
        case -32602:  // invalid params
        case -32700:
            return Verdict::never;  // parse error
        case -32601:
            return Verdict::refused;  // method not found: providers disable some
        case -32603:
            return Verdict::ailing;  // internal error
        default:
            return Verdict::later;
    }
}

std::string_view name_of(Verdict verdict) noexcept {
    constexpr std::array<std::string_view, 7> kNames{"later",   "not_yet", "busy", "ailing",
                                                     "refused", "too_old", "never"};
    return kNames[static_cast<std::size_t>(verdict)];
}

Verdict verdict_of_status(long status) noexcept {
    if (status == 429) return Verdict::busy;
    bool const server_failed = status >= 500 || status == 408;
    return server_failed ? Verdict::ailing : Verdict::refused;
}

}  // namespace indexer::rpc
