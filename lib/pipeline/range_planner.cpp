#include "pipeline/range_planner.hpp"

#include <algorithm>
#include <utility>

namespace indexer::pipeline {
namespace {

// Cuts up to `most` seqs off the front of the gaps. Requires: not empty.
base::SeqRange take_front(std::deque<base::SeqRange>& gaps, std::uint64_t most) {
    base::SeqRange& gap = gaps.front();
    base::SeqRange const taken{gap.begin,
                               base::Seq(gap.begin.value() + std::min(gap.size(), most))};
    gap.begin = taken.end;
    if (gap.empty()) gaps.pop_front();
    return taken;
}

}  // namespace

ListedPlanner::ListedPlanner(source::Source& source, std::vector<base::SeqRange> gaps)
    : source_(source), gaps_(gaps.begin(), gaps.end()) {
}

std::optional<base::SeqRange> ListedPlanner::next(std::stop_token stop) {
    std::lock_guard const lock(mutex_);
    while (parts_.empty() && !gaps_.empty() && !stop.stop_requested()) list_next_window(stop);
    if (parts_.empty() || stop.stop_requested()) return std::nullopt;
    base::SeqRange const part = parts_.front();
    parts_.pop_front();
    return part;
}

void ListedPlanner::list_next_window(std::stop_token stop) {
    auto rest = gaps_;
    auto const listed = source_.parts(take_front(rest, source_.window()), stop);
    gaps_ = std::move(rest);
    parts_.assign(listed.begin(), listed.end());
}

EachSeqPlanner::EachSeqPlanner(std::vector<base::SeqRange> gaps) : gaps_(gaps.begin(), gaps.end()) {
}

std::optional<base::SeqRange> EachSeqPlanner::next(std::stop_token stop) {
    std::lock_guard const lock(mutex_);
    if (gaps_.empty() || stop.stop_requested()) return std::nullopt;
    return take_front(gaps_, 1);
}

}  // namespace indexer::pipeline
