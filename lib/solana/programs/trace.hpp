#pragma once

#include <span>
#include <string>
#include <vector>

#include "solana/programs/call.hpp"

namespace indexer::solana {

// Everything a transaction called, in the order of execution. Keeps its buffers from transaction to
// transaction; by one thread at a time.
class Trace {
  public:
    // Requires: the transaction outlives its use, and its inner instructions are sorted by outer.
    void load(Transaction const& transaction);

    [[nodiscard]] std::span<Call const> calls() const noexcept { return calls_; }

    // What `call` called, directly or not. Nodes did not record the height of calls before about
    // 2023: all that follows in the same instruction up to the next trade is taken then.
    [[nodiscard]] std::span<Call const> below(Call const& call) const noexcept;

    // Who called it; null at top level, and where heights were not recorded.
    [[nodiscard]] Call const* caller(Call const& call) const noexcept;

    // The call that an event CPI reports about: the one that called it, of the same program. Where
    // heights were not recorded it is the nearest one of the program before it that is no event.
    // Null when there is none.
    [[nodiscard]] Call const* reported(Call const& event) const noexcept;

    // The nearest aggregator that called it, directly or not; null when there is none.
    [[nodiscard]] Call const* aggregator(Call const& call) const noexcept;

  private:
    [[nodiscard]] Call const* nearest_reported(Call const& event) const noexcept;
    void add(Transaction const& transaction, Instruction const& instruction,
             std::int16_t inner_index);
    void decode_data();

    std::vector<Call> calls_;
    std::string bytes_;  // the data of all calls of known programs
};

}  // namespace indexer::solana
