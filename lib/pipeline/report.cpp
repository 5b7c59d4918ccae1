#include "pipeline/report.hpp"

#include <numeric>

namespace indexer::pipeline {

std::uint64_t Report::missing_seqs() const noexcept {
    return std::accumulate(
        missing.begin(), missing.end(), std::uint64_t{0},
        [](std::uint64_t sum, base::SeqRange const& gap) { return sum + gap.size(); });
}

}  // namespace indexer::pipeline
