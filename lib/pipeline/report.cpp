#include "pipeline/report.hpp"

#include <algorithm>
#include <numeric>

namespace indexer::pipeline {

std::uint64_t Report::missing_seqs() const noexcept {
    return std::accumulate(
        missing.begin(), missing.end(), std::uint64_t{0},
        [](std::uint64_t sum, base::SeqRange const& gap) { return sum + gap.size(); });
}

base::SeqRange Report::to_explain() const {
    constexpr std::size_t kMost = 10;
    return {missing.front().begin, missing[std::min(missing.size(), kMost) - 1].end};
}

}  // namespace indexer::pipeline
