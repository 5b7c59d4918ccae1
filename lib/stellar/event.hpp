#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/seq.hpp"
#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// Where RPC places events that belong to no operation: the numbers behind all others that a TOID,
// which has 32 bits for the ledger, 20 for the transaction and 12 for the operation, can hold.
namespace event_place {
inline constexpr std::uint32_t kBeforeTransactions = 0;
inline constexpr std::uint32_t kBehindTransactions = (1U << 20U) - 1;
inline constexpr std::uint32_t kBehindOperations = (1U << 12U) - 1;
}  // namespace event_place

// Stages of events of a transaction as a whole, as TransactionEventStage names them.
namespace event_stage {
inline constexpr std::string_view kBeforeAll = "before_all_txs";
inline constexpr std::string_view kAfterTransaction = "after_tx";
inline constexpr std::string_view kAfterAll = "after_all_txs";
}  // namespace event_stage

// An event of a ledger, and where it belongs.
struct Event {
    xdr::Value value;                       // ContractEvent
    std::string id;                         // as RPC writes it: the order of events
    std::int32_t transaction = 0;           // its application order
    std::optional<std::int32_t> operation;  // from 0; nothing for the transaction as a whole
    std::int32_t index = 0;                 // within what the id names
    std::optional<std::string_view> stage;  // TransactionEventStage of those
};

// Gives the events of a ledger their ids, in the order in which transactions are applied. Source of
// the places: stellar-rpc, cmd/stellar-rpc/internal/db/event.go and the SDK's toid and events
// packages; RPC 23 and later.
//   before_all_txs   transaction 0, operation 0, counted over the ledger
//   of an operation  the transaction, the operation, counted over the operation
//   after_tx         the transaction, operation 4095, counted over the transaction
//   after_all_txs    transaction 1048575, operation 0, counted over the ledger
class EventPlaces {
  public:
    explicit EventPlaces(base::Seq ledger) : ledger_(ledger) {}

    // Events of a transaction are given in their order, one transaction after the other.
    [[nodiscard]] Event of_operation(xdr::Value const& event, std::int32_t transaction,
                                     std::int32_t operation, std::int32_t index) const;
    // A TransactionEvent.
    [[nodiscard]] Event of_transaction(xdr::Value const& event, std::int32_t transaction);

  private:
    [[nodiscard]] std::string id(std::uint64_t transaction, std::uint64_t operation,
                                 std::int32_t index) const;

    base::Seq const ledger_;
    std::int32_t before_all_ = 0;
    std::int32_t after_all_ = 0;
    std::int32_t last_transaction_ = 0;
    std::int32_t after_last_ = 0;
};

}  // namespace indexer::stellar
