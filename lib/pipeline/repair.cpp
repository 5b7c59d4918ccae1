#include "pipeline/repair.hpp"

#include <utility>

#include "store/gaps.hpp"

namespace indexer::pipeline {
namespace {

// Seqs on each side of a contradiction, at first and at most. Solana drops forks within a few
// dozen slots.
constexpr std::uint64_t kNear = 16;
constexpr std::uint64_t kFar = 1'024;

}  // namespace

Report Repair::run(base::SeqRange range, base::SeqRange reach, base::Seq tip, Ranges const& plan,
                   std::stop_token stop) {
    auto report = backfill_.run(range, tip, plan, stop);
    auto work = plan;
    for (auto distance = kNear; distance <= kFar && !stop.stop_requested(); distance *= 4) {
        auto const contradictions = store::contradictions(pool_, coverage_.dataset(), range, stop);
        Ranges const disputed = common(around(contradictions, 0, range), work);
        if (disputed.empty()) break;
        std::vector<base::Seq> seqs;
        for (base::SeqRange const& part : disputed) seqs.push_back(part.begin);
        auto const windows = around(seqs, distance, reach);
        for (base::SeqRange const& window : windows) coverage_.forget(window, stop);
        auto const planned = report.planned;
        auto const elapsed = report.elapsed;
        report = backfill_.run(range, tip, windows, stop);
        report.planned += planned;
        report.elapsed += elapsed;
        work = windows;
    }
    return report;
}

}  // namespace indexer::pipeline
