#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/seq.hpp"
#include "rpc/client.hpp"

namespace indexer::stellar {

// The id of an event, and what stands between events: "TOID" (ledger, transaction and operation in
// one number) and index. Source: stellar-rpc, the SDK's toid package.
struct EventId {
    std::uint64_t position = 0;
    std::uint32_t index = 0;

    [[nodiscard]] base::Seq ledger() const noexcept { return base::Seq(position >> 32U); }
    [[nodiscard]] std::uint32_t transaction() const noexcept {
        return static_cast<std::uint32_t>(position >> 12U) & 0xfffffU;
    }
    [[nodiscard]] std::uint32_t operation() const noexcept {
        return static_cast<std::uint32_t>(position) & 0xfffU;
    }

    friend auto operator<=>(EventId const&, EventId const&) = default;
};

// Throws std::invalid_argument for text that is none.
[[nodiscard]] EventId parse_event_id(std::string_view text);

// An event as getEvents lists it.
struct ListedEvent {
    EventId id;
    std::string transaction;  // hash, hex
    std::string json;         // the whole element
};

// A page of getEvents.
struct EventPage {
    std::vector<ListedEvent> events;
    std::string cursor;  // where the next page begins, whether there were events or not
    EventId reached;     // the same, parsed
    base::Seq latest;    // the newest ledger that the server has
};

// Throws rpc::Error when the result is none.
[[nodiscard]] EventPage read_event_page(rpc::Response const& response);

}  // namespace indexer::stellar
