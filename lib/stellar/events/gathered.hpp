#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "base/seq.hpp"
#include "stellar/event.hpp"
#include "stellar/events/event_page.hpp"
#include "stellar/events/owned_value.hpp"
#include "stellar/transaction.hpp"

// What event mode gathers of a part: elements of the answers to getEvents, getTransaction and
// getLedgerEntries. All throw base::Error with Fault::not_understood, or simdjson_error, for JSON
// or XDR of another kind.
namespace indexer::stellar {

// {"events":[…],"transactions":[…],"entries":[…]}
[[nodiscard]] std::string gathered_json(std::vector<ListedEvent> const& events,
                                        std::vector<std::string> const& transactions,
                                        std::vector<std::string> const& entries);

// An answer to getTransaction.
class GatheredTransaction {
  public:
    explicit GatheredTransaction(simdjson::dom::object const& json);

    [[nodiscard]] std::string const& hash() const noexcept { return hash_; }
    [[nodiscard]] base::Seq ledger() const noexcept { return ledger_; }
    [[nodiscard]] std::int64_t closed_at() const noexcept { return closed_at_; }
    [[nodiscard]] Transaction transaction() const;
    [[nodiscard]] xdr::Value meta() const noexcept { return *meta_; }

  private:
    std::string hash_;
    base::Seq ledger_;
    std::int64_t closed_at_;
    std::int32_t order_;
    OwnedValue envelope_;
    OwnedValue result_;
    OwnedValue meta_;
};

// An element of getEvents, as the ContractEvent that the ledger holds.
class GatheredEvent {
  public:
    explicit GatheredEvent(simdjson::dom::object const& json);

    [[nodiscard]] EventId const& id() const noexcept { return id_; }
    [[nodiscard]] std::string const& transaction() const noexcept { return transaction_; }
    // Of the transaction with that application order.
    [[nodiscard]] Event event(std::int32_t application_order) const;

  private:
    std::string id_text_;
    EventId id_;
    std::string transaction_;
    OwnedValue value_;
};

// An element of getLedgerEntries, as the LedgerEntry that the ledger holds.
[[nodiscard]] OwnedValue gathered_entry(simdjson::dom::object const& json);

// The accounts that a transaction is about, as keys for getLedgerEntries in base64: who signed and
// paid, and those it changed. Unsorted, some more than once.
void append_account_keys(GatheredTransaction const& gathered, std::vector<std::string>& keys);

}  // namespace indexer::stellar
