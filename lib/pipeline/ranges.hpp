#pragma once

#include <cstdint>
#include <vector>

#include "base/seq.hpp"

namespace indexer::pipeline {

// Ranges here are ascending and do not overlap.
using Ranges = std::vector<base::SeqRange>;

[[nodiscard]] std::uint64_t seqs_in(Ranges const& ranges) noexcept;

// The seqs that are in both.
[[nodiscard]] Ranges common(Ranges const& left, Ranges const& right);

// Whether any seq of `range` is in one of them.
[[nodiscard]] bool overlaps(Ranges const& ranges, base::SeqRange range) noexcept;

// The seqs that are in one of them, or in both.
[[nodiscard]] Ranges united(Ranges const& left, Ranges const& right);

// What lies within `reach` seqs of one of `seqs`, which are ascending, and in `within`.
[[nodiscard]] Ranges around(std::vector<base::Seq> const& seqs, std::uint64_t reach,
                            base::SeqRange within);

}  // namespace indexer::pipeline
