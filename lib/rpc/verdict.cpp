#include "rpc/verdict.hpp"

#include <array>

#include "rpc/limit_shapes.hpp"

namespace indexer::rpc {
Verdict standard_verdict(std::int64_t code, std::string_view message) noexcept {
    if (auto const limit = limit_in(message)) return *limit;
    switch (code) {
        case 429:
        case -32429:
            return Verdict::busy;
        case -32600:  // invalid request
        case -32602:  // invalid params
        case -32700:
            return Verdict::never;  // parse error
        case -32601:
            return Verdict::refused;  // method not found: providers disable some
        case -32603:                  // internal error
        case 0:
            return Verdict::ailing;
        default:
            return Verdict::later;
    }
}

std::string_view name_of(Verdict verdict) noexcept {
    constexpr std::array<std::string_view, 8> kNames{"later",  "not_yet", "busy",    "exhausted",
                                                     "ailing", "refused", "too_old", "never"};
    return kNames[static_cast<std::size_t>(verdict)];
}

Verdict verdict_of_status(long status, std::string_view words) noexcept {
    if (auto const limit = limit_in(words)) return *limit;
    if (status == 429) return Verdict::busy;
    if (status == 402) return Verdict::exhausted;  // payment required
    bool const server_failed = status >= 500 || status == 408;
    return server_failed ? Verdict::ailing : Verdict::refused;
}

}  // namespace indexer::rpc
