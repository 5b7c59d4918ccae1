#include "pipeline/ranges.hpp"

#include <algorithm>
#include <numeric>

namespace indexer::pipeline {

std::uint64_t seqs_in(Ranges const& ranges) noexcept {
    return std::accumulate(
        ranges.begin(), ranges.end(), std::uint64_t{0},
        [](std::uint64_t sum, base::SeqRange const& range) { return sum + range.size(); });
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

Ranges around(std::vector<base::Seq> const& seqs, std::uint64_t reach, base::SeqRange within) {
    Ranges windows;
    for (base::Seq const seq : seqs) {
        auto const before = std::min(seq.value(), reach);
        base::SeqRange const window{std::max(base::Seq(seq.value() - before), within.begin),
                                    std::min(base::Seq(seq.value() + reach + 1), within.end)};
        if (window.empty()) continue;
        if (!windows.empty() && window.begin <= windows.back().end) {
            windows.back().end = std::max(windows.back().end, window.end);
        } else {
            windows.push_back(window);
        }
    }
    return windows;
}

}  // namespace indexer::pipeline
