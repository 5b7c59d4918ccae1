#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/simulator/server/json_rpc.hpp"
#include "tests/simulator/stellar/ledger_view.hpp"

namespace indexer::simulator::stellar {

// A filter of getEvents; what is empty lets everything through.
struct EventFilter {
    std::vector<std::string> types;
    std::vector<std::string> contracts;            // 32 bytes each
    std::vector<std::vector<std::string>> topics;  // segments: "*", "**" or XDR

    [[nodiscard]] bool matches(EventView const& event) const;
};

// Those of a call. What is wrong with them, as the server says it, goes to `wrong`.
[[nodiscard]] std::vector<EventFilter> read_filters(Call const& call,
                                                    std::optional<std::string>& wrong);

}  // namespace indexer::simulator::stellar
