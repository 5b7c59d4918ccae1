#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <simdjson.h>

#include "rpc/client.hpp"

namespace indexer::rpc {

// A result that is not what the method promises: the fault of who sent it. `chain` begins the text.
[[nodiscard]] Error unexpected(Response const& response, std::string_view chain,
                               std::string_view what);

// What the response tells, fit to be printed: without what its endpoint was called with, and
// plain_text() of at most `most` bytes.
[[nodiscard]] std::string told(Response const& response, std::string_view text, std::size_t most);

// What `read` makes of the JSON document that the result is; throws unexpected() when that, in the
// way of simdjson, is of another kind.
template <class Read>
auto read_result(Response const& response, std::string_view chain, Read read) {
    simdjson::ondemand::parser parser;
    auto const result = response.result();
    try {
        // Behind the result lies the rest of the body, and behind that its padding.
        simdjson::ondemand::document document = parser.iterate(simdjson::padded_string_view(
            result.data(), result.size(), result.size() + simdjson::SIMDJSON_PADDING));
        return read(document);
    } catch (simdjson::simdjson_error const&) {
        constexpr std::size_t kEnough = 60;
        throw unexpected(response, chain, "unexpected result: " + told(response, result, kEnough));
    }
}

// What `read` makes of what an endpoint said; nothing when it did not serve or not what it should,
// which `error` tells then, unless it tells something already.
template <class Read>
auto heard(Said const& said, std::string& error, Read read)
    -> std::optional<decltype(read(std::declval<Response const&>()))> {
    try {
        if (auto const* const failed = std::get_if<Error>(&said.answer)) throw *failed;
        return read(std::get<Response>(said.answer));
    } catch (Error const& failed) {
        if (error.empty()) error = failed.what();
        return std::nullopt;
    }
}

}  // namespace indexer::rpc
