#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "tests/simulator/history/cache.hpp"
#include "tests/simulator/server/service.hpp"
#include "tests/simulator/stellar/entry_states.hpp"
#include "tests/simulator/stellar/lake.hpp"
#include "tests/simulator/stellar/ledger_view.hpp"
#include "tests/simulator/stellar/ledgers.hpp"

namespace indexer::simulator::stellar {

// Where a transaction is.
struct TransactionPlace {
    Slot ledger = 0;
    std::size_t index = 0;
};

inline constexpr char const* kSoftware = "28.0.0";

struct NodeOptions {
    WindowOptions window;
    LakeOptions lake;
    std::string software = kSoftware;  // its version
    std::size_t cache_bytes = 0;
};

// A node of Stellar RPC: answers as stellar-rpc 28 does, XDR in base64. Safe for concurrent use.
class Node final : public Service {
  public:
    // Requires: the ledgers and the clock live as long as the node.
    Node(Ledgers const& ledgers, NodeOptions const& options, base::Clock const& clock);

    [[nodiscard]] Ledgers const& ledgers() const noexcept { return ledgers_; }
    [[nodiscard]] std::string const& software() const noexcept { return software_; }
    [[nodiscard]] Slot oldest() const { return window_.first_available(); }
    [[nodiscard]] Slot latest(Orders const& orders) const {
        return window_.tip_back(orders.tip_back);
    }
    [[nodiscard]] std::int64_t close_time(Slot seq) const;

    // A ledger as getLedgers lists it, rendered once.
    [[nodiscard]] Text listing(Slot seq, unsigned fork) const;

    [[nodiscard]] std::shared_ptr<LedgerView const> view(Slot seq) const;

    // By its own hash or by that of the transaction inside a fee bump, both 32 bytes.
    [[nodiscard]] std::optional<TransactionPlace> find(std::string const& hash, Slot latest) const;

    // What the ledgers up to `latest` left of an entry. `key` is the XDR of a LedgerKey.
    [[nodiscard]] std::optional<EntryState> entry(std::string const& key, Slot latest) const;

    [[nodiscard]] Answer answer(Call const& call, Orders const& orders) const override;
    // The data lake holds what the node's retention has dropped, too.
    [[nodiscard]] std::optional<std::string> object(std::string const& key,
                                                    Orders const& orders) const override;
    [[nodiscard]] std::string expectation(SlotSpan span) const override;
    [[nodiscard]] Window& window() noexcept override { return window_; }

  private:
    void index_up_to(Slot latest) const;

    Ledgers const& ledgers_;
    Window window_;
    Lake lake_;
    std::string const software_;
    mutable Cache<std::pair<Slot, unsigned>, std::string> listings_;
    mutable Cache<Slot, LedgerView> views_;
    // What was read so far, ledger by ledger.
    mutable std::mutex mutex_;
    mutable Slot next_unread_;
    mutable std::map<std::string, TransactionPlace> places_;
    mutable EntryStates entries_;
};

}  // namespace indexer::simulator::stellar
