#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stellar/hash.hpp"
#include "stellar/xdr/value.hpp"
#include "tests/simulator/history/extent.hpp"

namespace indexer::simulator::stellar {

// An event and where getEvents places it.
struct EventView {
    std::uint64_t position = 0;  // "TOID": ledger, transaction, operation
    std::uint32_t index = 0;     // among those of the same position
    std::size_t transaction = 0;
    std::string_view type;
    std::string_view contract;  // 32 bytes, or none
    std::vector<std::string_view> topics;
    std::string_view value;

    friend bool operator<(EventView const& a, EventView const& b) noexcept {
        return std::pair(a.position, a.index) < std::pair(b.position, b.index);
    }
};

struct TransactionView {
    std::string_view hash;
    std::string_view inner_hash;  // of a fee bump
    std::string_view envelope;
    std::string_view result;
    std::string_view meta;
    bool success = false;
    std::vector<std::string_view> transaction_events;
    std::vector<std::vector<std::string_view>> contract_events;  // a list an operation
    std::vector<std::string_view> diagnostic_events;
};

// A ledger taken to pieces: all views are into `meta`, in XDR.
struct LedgerView {
    // Requires: the XDR of a LedgerCloseMeta. Throws base::Error when it is none.
    LedgerView(std::string xdr, std::string const& passphrase);

    std::unique_ptr<std::string const> meta;
    Slot seq = 0;
    std::int64_t close_time = 0;
    std::uint64_t protocol = 0;
    std::vector<TransactionView> transactions;  // in the order they were applied
    std::vector<EventView> events;              // in the order of getEvents

    [[nodiscard]] std::size_t size() const noexcept { return 2 * meta->size(); }
};

// Where things stand in a ledger: the ids of RPC. The order of transactions begins at 1.
[[nodiscard]] constexpr std::uint64_t position(std::uint64_t ledger, std::uint64_t transaction,
                                               std::uint64_t operation) noexcept {
    return (ledger << 32U) | (transaction << 12U) | operation;
}

}  // namespace indexer::simulator::stellar
