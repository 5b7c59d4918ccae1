#include "pipeline/reindex.hpp"

#include <span>

#include <fmt/format.h>

#include "base/error.hpp"
#include "pipeline/single_block.hpp"
#include "pipeline/write_worker.hpp"
#include "store/stored_blocks.hpp"

namespace indexer::pipeline {
namespace {

// Blocks in a row that cannot be replaced, after which the others are not asked for one by one: who
// cannot serve so many cannot serve the rest.
constexpr unsigned kPatience = 20;

constexpr auto kNotAskedFor = "not asked for by itself, after 20 in a row could not be replaced";
constexpr auto kStopped = "the run was stopped before";

void add(std::vector<Unreplaced>& kept, base::Seq seq, std::string const& reason) {
    if (kept.empty() || kept.back().reason != reason) {
        kept.push_back({base::SeqRange::single(seq), 0, reason});
    }
    kept.back().seqs.end = seq.next();
    ++kept.back().blocks;
}

}  // namespace

Report Reindex::run(base::SeqRange range, base::Seq tip, std::vector<base::SeqRange> const& plan,
                    std::stop_token stop) {
    auto report = backfill_.run(range, tip, plan, stop);
    auto const& persist = backfill_.persistence();
    auto const left = persist({}, [&] {
        return store::blocks_outside(pool_, dataset_, range, backfill_.tally().written(), {});
    });
    report.unreplaced = replace_each(left, stop);
    report.stopped = stop.stop_requested() && !report.unreplaced.empty();
    return report;
}

std::vector<Unreplaced> Reindex::replace_each(std::vector<base::Seq> const& seqs,
                                              std::stop_token stop) {
    std::vector<Unreplaced> kept;
    unsigned failed_in_a_row = 0;
    for (base::Seq const seq : seqs) {
        std::string reason = kStopped;
        if (failed_in_a_row >= kPatience) {
            reason = kNotAskedFor;
        } else {
            base::unless_stopped([&] { reason = replace(seq, stop); });
        }
        failed_in_a_row = reason.empty() ? 0 : failed_in_a_row + 1;
        if (!reason.empty()) add(kept, seq, reason);
    }
    return kept;
}

// Why not; empty when it is written.
std::string Reindex::replace(base::Seq seq, std::stop_token stop) {
    auto const fetched = fetch_block(source_, seq, stop);
    if (!fetched.block) return fetched.why_not;
    auto const& persist = backfill_.persistence();
    std::span const block(&*fetched.block, 1);
    try {
        auto const worse = persist(stop, [&] { return writer_.worse(block, stop); });
        if (!worse.empty()) return fmt::format("served with {}", worse.front().what);
        persist(stop, [&] { static_cast<void>(writer_.write(block, stop)); });
        return {};
    } catch (pg::Error const& error) {
        if (!is_refusal(error)) throw;
        return error.what();
    }
}

}  // namespace indexer::pipeline
