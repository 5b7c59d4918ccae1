#include "pipeline/repair.hpp"

#include <utility>

#include "base/error.hpp"
#include "store/gaps.hpp"

namespace indexer::pipeline {
namespace {

// Seqs on each side of a contradiction, at first and at most. Solana dropped forks within a few
// dozen slots; since Alpenglow it has none behind what is decided.
constexpr std::uint64_t kNear = 16;
constexpr std::uint64_t kFar = 1'024;

}  // namespace

Report Repair::run(base::SeqRange range, base::SeqRange reach, base::Seq tip, Ranges const& plan,
                   std::stop_token stop) {
    auto report = backfill_.run(range, tip, plan, stop);
    base::unless_stopped([&] { settle(range, reach, tip, plan, report, stop); });
    return report;
}

void Repair::settle(base::SeqRange range, base::SeqRange reach, base::Seq tip, Ranges work,
                    Report& report, std::stop_token stop) {
    for (auto distance = kNear; distance <= kFar && !stop.stop_requested(); distance *= 4) {
        auto const contradictions = store::contradictions(pool_, coverage_.dataset(), range, stop);
        Ranges const disputed = common(around(contradictions, 0, range), work);
        if (disputed.empty()) break;
        std::vector<base::Seq> seqs;
        for (base::SeqRange const& part : disputed) seqs.push_back(part.begin);
        work = around(seqs, distance, reach);
        // Not to be interrupted: the report must tell of all that is missing from here on.
        for (base::SeqRange const& window : work) coverage_.forget(window, {});
        auto const planned = report.planned;
        auto const elapsed = report.elapsed;
        report = backfill_.run(range, tip, work, stop);
        report.planned += planned;
        report.elapsed += elapsed;
    }
}

}  // namespace indexer::pipeline
