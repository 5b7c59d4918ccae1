#pragma once

#include <span>
#include <string>
#include <vector>

#include "solana/programs/ledger.hpp"
#include "solana/programs/market.hpp"
#include "solana/programs/trace.hpp"

namespace indexer::solana {

// An instruction of a known program that is not as its decoder knows it.
struct Undecoded {
    Position at;
    std::string_view program;
    std::string error;
    std::string_view data;  // its bytes, or its text where that is not base58
};

// What a transaction did: what it moved and what it traded. Keeps its buffers from transaction to
// transaction, and what it returns is a view into them and into the transaction; by one thread at a
// time.
class Activity {
  public:
    Activity() : market_(trace_, ledger_) {}
    Activity(Activity const&) = delete;
    Activity& operator=(Activity const&) = delete;

    // Requires: the transaction succeeded, because what a failed one did was undone, and outlives
    // the use of this.
    void load(Transaction const& transaction);

    [[nodiscard]] std::span<LamportMove const> lamport_moves() const noexcept {
        return ledger_.lamport_moves();
    }
    [[nodiscard]] std::span<TokenMove const> token_moves() const noexcept {
        return ledger_.token_moves();
    }
    [[nodiscard]] std::span<Swap const> swaps() const noexcept { return market_.swaps(); }
    [[nodiscard]] std::span<Undecoded const> undecoded() const noexcept { return undecoded_; }
    [[nodiscard]] Ledger const& ledger() const noexcept { return ledger_; }
    // As Ledger::unexplained().
    [[nodiscard]] std::optional<std::uint8_t> unexplained() { return ledger_.unexplained(); }

  private:
    template <class Decode>
    [[nodiscard]] bool guarded(Call const& call, Decode decode);

    Trace trace_;
    Ledger ledger_;
    Market market_;
    std::vector<Undecoded> undecoded_;
};

}  // namespace indexer::solana
