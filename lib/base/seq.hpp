#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace indexer::base {

// A position on a chain: a Solana slot or a Stellar ledger sequence. PostgreSQL keeps it as
// bigint, so values stay below 2^63; both chains are centuries away from that.
class Seq {
  public:
    constexpr Seq() = default;
    constexpr explicit Seq(std::uint64_t value) : value_(value) {}

    [[nodiscard]] constexpr std::uint64_t value() const noexcept { return value_; }
    [[nodiscard]] constexpr Seq next() const noexcept { return Seq(value_ + 1); }

    friend constexpr auto operator<=>(Seq, Seq) = default;

  private:
    std::uint64_t value_ = 0;
};

// The seqs in [begin, end). Half-open inside the program, inclusive on the command line.
struct SeqRange {
    Seq begin;
    Seq end;

    // From first to last, both included.
    [[nodiscard]] static constexpr SeqRange inclusive(Seq first, Seq last) noexcept {
        return {first, last.next()};
    }
    [[nodiscard]] static constexpr SeqRange single(Seq seq) noexcept { return inclusive(seq, seq); }

    [[nodiscard]] constexpr bool empty() const noexcept { return end <= begin; }
    [[nodiscard]] constexpr std::uint64_t size() const noexcept {
        return empty() ? 0 : end.value() - begin.value();
    }
    [[nodiscard]] constexpr bool contains(Seq seq) const noexcept {
        return begin <= seq && seq < end;
    }
    // The last seq in the range. Requires: not empty.
    [[nodiscard]] constexpr Seq last() const noexcept { return Seq(end.value() - 1); }

    friend constexpr bool operator==(SeqRange, SeqRange) = default;
};

// Up to the highest seq that bigint holds.
inline constexpr SeqRange kEverySeq{Seq(0), Seq(std::numeric_limits<std::int64_t>::max())};

}  // namespace indexer::base
