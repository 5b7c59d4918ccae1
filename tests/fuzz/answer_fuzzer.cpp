// Any bytes as the body of an answer, and as headers about limits: read or refused, never worse.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <variant>

#include <simdjson.h>

#include "base/error.hpp"
#include "resilience/limiter.hpp"
#include "rpc/envelope.hpp"
#include "rpc/rate_limits.hpp"

namespace indexer {
namespace {

void try_body(std::string_view bytes) {
    std::string body(bytes);
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::parser parser;
    try {
        auto const answer = rpc::read_answer(parser, body, 7);
        auto const* const span = std::get_if<rpc::ResultSpan>(&answer);
        if (span != nullptr && span->offset + span->size > body.size()) std::abort();
    } catch (base::Error const&) {
    }
}

// Lines of "name value".
void try_headers(std::string_view bytes) {
    std::map<std::string, std::string> headers;
    while (!bytes.empty()) {
        auto const line = bytes.substr(0, bytes.find('\n'));
        auto const blank = line.find(' ');
        headers.insert_or_assign(
            "x-ratelimit-" + std::string(line.substr(0, blank)),
            blank == std::string_view::npos ? "" : std::string(line.substr(blank + 1)));
        bytes.remove_prefix(line.size() < bytes.size() ? line.size() + 1 : bytes.size());
    }
    resilience::Limiter limiter({.per_second = 10}, {});
    rpc::heed(headers, "getBlock", limiter, {});
}

}  // namespace
}  // namespace indexer

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    indexer::try_body(bytes);
    indexer::try_headers(bytes);
    return 0;
}
