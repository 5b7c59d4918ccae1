#pragma once

#include <cstdint>
#include <optional>

#include "base/uint128.hpp"
#include "model/column.hpp"

namespace indexer::stellar {

// What the fee events of a ledger tell, against the fees that its results name, which are hashed.
// From protocol 23 on (CAP-67) the network itself has such events, of a transaction's fee and of
// what of it is paid back; a node emits them together with the events of classic operations, or,
// as it is configured (EMIT_CLASSIC_EVENTS of stellar-core), none of them.
class FeeEvents {
  public:
    // A fee event of the transaction under way; negative when some of it is paid back.
    void add(model::Numeric amount) noexcept;

    // The end of a transaction whose meta has a place for such events. False when there are some
    // that do not add up to what it was charged.
    [[nodiscard]] bool end(std::int64_t charged) noexcept;

    // Whether some transactions that were charged have such events, and others have not.
    [[nodiscard]] bool some_are_missing() const noexcept { return telling_ > 0 && silent_ > 0; }

    // Whether the node emits them; nothing when no transaction tells.
    [[nodiscard]] std::optional<bool> emitted() const noexcept;

  private:
    std::optional<base::Uint128> sum_;  // of the transaction under way, as two's complement
    std::uint32_t telling_ = 0;         // transactions that were charged, and have such events
    std::uint32_t silent_ = 0;          // and have none
};

}  // namespace indexer::stellar
