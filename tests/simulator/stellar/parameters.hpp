#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <simdjson.h>

#include "tests/simulator/server/json_rpc.hpp"

namespace indexer::simulator::stellar {

// The parameters that methods with pages share.
struct PageRequest {
    std::optional<std::uint64_t> start;  // startLedger
    std::optional<std::uint64_t> end;    // endLedger, not included
    std::optional<std::string> cursor;   // pagination.cursor
    std::optional<std::uint64_t> limit;  // pagination.limit
};

[[nodiscard]] PageRequest page_request(Call const& call);

// The -32600 that getTransactions and getLedgers answer with when the request makes no sense.
[[nodiscard]] std::optional<Answer> refuse_page(PageRequest const& request, Call const& call,
                                                std::uint64_t oldest, std::uint64_t latest);

// The -32600 of xdrFormat; of those the server knows, the simulator has base64 only.
[[nodiscard]] std::optional<std::string> wrong_format(Call const& call);

[[nodiscard]] Answer invalid_params(std::string message);

// All of the text, or nothing.
[[nodiscard]] std::optional<std::int64_t> parse_whole(std::string const& text);

}  // namespace indexer::simulator::stellar
