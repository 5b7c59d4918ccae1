#include "pipeline/repair.hpp"

#include <utility>

#include <spdlog/spdlog.h>

#include "base/error.hpp"
#include "store/gaps.hpp"

namespace indexer::pipeline {

Repair::Repair(Backfill& backfill, store::Coverage& coverage, pg::Pool& pool)
    : backfill_(backfill), coverage_(coverage), pool_(pool) {
    backfill_.believe_served();
}

void Repair::check(base::SeqRange range, std::stop_token stop) {
    for (base::Seq const seq :
         backfill_.persistence()(stop, [&] { return coverage_.cut_where_broken(range, stop); })) {
        spdlog::warn("{}: the block stored there does not link to the one before it: it is a hole",
                     seq.value());
    }
}

Report Repair::run(base::SeqRange range, base::Seq tip, Ranges const& plan, std::stop_token stop) {
    auto report = backfill_.run(range, tip, plan, stop);
    base::unless_stopped([&] {
        auto const known = backfill_.persistence()(
            stop, [&] { return store::contradictions(pool_, coverage_.dataset(), range, stop); });
        auto const left = around(known, 0, range);
        if (!backfill_.settle(common(left, plan), range, stop)) return;
        auto const planned = report.planned;
        auto const elapsed = report.elapsed;
        report = backfill_.run(range, tip, common(backfill_.gaps(range, stop), plan), stop);
        report.planned = planned;
        report.elapsed += elapsed;
    });
    return report;
}

}  // namespace indexer::pipeline
