#include "stellar/event.hpp"

#include <fmt/format.h>

namespace indexer::stellar {

std::string EventPlaces::id(std::uint64_t transaction, std::uint64_t operation,
                            std::int32_t index) const {
    auto const toid = ledger_.value() << 32U | transaction << 12U | operation;
    return fmt::format("{:019}-{:010}", toid, index);
}

Event EventPlaces::of_operation(xdr::Value const& event, std::int32_t transaction,
                                std::int32_t operation, std::int32_t index) const {
    return {.value = event,
            .id = id(static_cast<std::uint64_t>(transaction), static_cast<std::uint64_t>(operation),
                     index),
            .transaction = transaction,
            .operation = operation,
            .index = index,
            .stage = std::nullopt};
}

Event EventPlaces::of_transaction(xdr::Value const& event, std::int32_t transaction) {
    Event place{.value = event["event"],
                .id = {},
                .transaction = transaction,
                .operation = std::nullopt,
                .stage = event["stage"].member()};
    if (last_transaction_ != transaction) after_last_ = 0;
    last_transaction_ = transaction;
    if (place.stage == event_stage::kBeforeAll) {
        place.index = before_all_++;
        place.id = id(event_place::kBeforeTransactions, 0, place.index);
    } else if (place.stage == event_stage::kAfterTransaction) {
        place.index = after_last_++;
        place.id = id(static_cast<std::uint64_t>(transaction), event_place::kBehindOperations,
                      place.index);
    } else {
        place.index = after_all_++;
        place.id = id(event_place::kBehindTransactions, 0, place.index);
    }
    return place;
}

}  // namespace indexer::stellar
