#include "cli/coverage_summary.hpp"

namespace indexer::cli {
namespace {

CoverageSummary begin_summary(store::Segment const& first) {
    CoverageSummary summary;
    summary.content = first.content;
    summary.span = {first.seqs.begin, first.seqs.begin};
    return summary;
}

void add(CoverageSummary& summary, store::Segment const& segment) {
    if (summary.span.end < segment.seqs.begin) {
        summary.gaps.push_back({summary.span.end, segment.seqs.begin});
    }
    summary.span.end = segment.seqs.end;
    if (summary.gaps.empty()) summary.watermark = segment.seqs.last();
    ++summary.segments;
    summary.blocks += segment.blocks;
    summary.skipped += segment.skipped;
    summary.transactions += segment.transactions;
}

}  // namespace

std::vector<CoverageSummary> summarize(std::vector<store::Segment> const& segments) {
    std::vector<CoverageSummary> summaries;
    for (store::Segment const& segment : segments) {
        if (summaries.empty() || summaries.back().content != segment.content) {
            summaries.push_back(begin_summary(segment));
        }
        add(summaries.back(), segment);
    }
    return summaries;
}

}  // namespace indexer::cli
