#include "pipeline/ranges.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace indexer::pipeline {
namespace {

// Requires: `range` begins where the last one does, or later.
void add_joined(Ranges& ranges, base::SeqRange const& range) {
    if (!ranges.empty() && range.begin <= ranges.back().end) {
        ranges.back().end = std::max(ranges.back().end, range.end);
    } else {
        ranges.push_back(range);
    }
}

}  // namespace

std::uint64_t seqs_in(Ranges const& ranges) noexcept {
    return std::accumulate(
        ranges.begin(), ranges.end(), std::uint64_t{0},
        [](std::uint64_t sum, base::SeqRange const& range) { return sum + range.size(); });
}

bool overlaps(Ranges const& ranges, base::SeqRange range) noexcept {
    auto const first = std::partition_point(
        ranges.begin(), ranges.end(), [&](auto const& one) { return one.end <= range.begin; });
    return first != ranges.end() && first->begin < range.end;
}

Ranges common(Ranges const& left, Ranges const& right) {
    Ranges both;
    auto one = left.begin();
    auto other = right.begin();
    while (one != left.end() && other != right.end()) {
        base::SeqRange const shared{std::max(one->begin, other->begin),
                                    std::min(one->end, other->end)};
        if (!shared.empty()) both.push_back(shared);
        one->end < other->end ? ++one : ++other;
    }
    return both;
}

Ranges united(Ranges const& left, Ranges const& right) {
    Ranges all;
    std::merge(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(all),
               [](auto const& one, auto const& other) { return one.begin < other.begin; });
    Ranges joined;
    for (base::SeqRange const& range : all) add_joined(joined, range);
    return joined;
}

Ranges around(std::vector<base::Seq> const& seqs, std::uint64_t reach, base::SeqRange within) {
    Ranges windows;
    for (base::Seq const seq : seqs) {
        auto const before = std::min(seq.value(), reach);
        base::SeqRange const window{std::max(base::Seq(seq.value() - before), within.begin),
                                    std::min(base::Seq(seq.value() + reach + 1), within.end)};
        if (!window.empty()) add_joined(windows, window);
    }
    return windows;
}

}  // namespace indexer::pipeline
