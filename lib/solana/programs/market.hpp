#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "solana/programs/ledger.hpp"
#include "solana/programs/program_logs.hpp"
#include "solana/programs/swap.hpp"
#include "solana/programs/trace.hpp"

namespace indexer::solana {

inline constexpr std::string_view kSolMint = "So11111111111111111111111111111111111111112";

// What the decoders of venues may look at, and where their swaps go. By one thread at a time.
class Market {
  public:
    // Both must outlive the market.
    Market(Trace const& trace, Ledger& ledger) noexcept : trace_(trace), ledger_(ledger) {}

    // Forgets the last transaction. Requires: the trace and the ledger hold this one already.
    void load(Transaction const& transaction);

    // A swap of the venue that `call` belongs to, with position, program and aggregator filled in.
    [[nodiscard]] Swap swap_of(Call const& call) const;
    void add(Swap const& swap) { swaps_.push_back(swap); }

    [[nodiscard]] std::span<TokenMove const> moves_below(Call const& call) const noexcept;
    [[nodiscard]] std::string_view mint_of(std::uint8_t account) const noexcept {
        return ledger_.mint_of(account);
    }
    [[nodiscard]] std::string_view spell(base58::Bytes32 const& key) { return ledger_.spell(key); }

    // Trace::reported(). Throws undecodable() when there is none.
    [[nodiscard]] Call const& reported(Call const& event) const;

    // Throws undecodable() unless an event CPI of one of these discriminators reports about the
    // call: a trade known from its event only must not be lost without a word.
    void require_event(Call const& call, std::initializer_list<std::uint64_t> events) const;

    // What the call wrote to the log first; empty when nothing, or when that part is missing.
    [[nodiscard]] std::string_view logged_by(Call const& call);

    [[nodiscard]] std::span<Swap const> swaps() const noexcept { return swaps_; }

  private:
    Trace const& trace_;
    Ledger& ledger_;
    Transaction const* transaction_ = nullptr;
    bool has_logs_ = false;  // read only once somebody asks
    ProgramLogs logs_;
    std::vector<Swap> swaps_;
};

}  // namespace indexer::solana
