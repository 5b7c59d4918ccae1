#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/seq.hpp"
#include "store/coverage.hpp"

namespace indexer::cli {

// What the segments of one content add up to.
struct CoverageSummary {
    std::string content;
    base::SeqRange span;  // from the first seq covered to the last
    std::uint64_t segments = 0;
    std::uint64_t blocks = 0;
    std::uint64_t skipped = 0;
    std::uint64_t transactions = 0;
    base::Seq watermark;               // end of the first run of segments without a gap
    std::vector<base::SeqRange> gaps;  // between segments
};

// One a content. Requires: `segments` sorted by content and seq, as store::Coverage lists them.
[[nodiscard]] std::vector<CoverageSummary> summarize(std::vector<store::Segment> const& segments);

}  // namespace indexer::cli
