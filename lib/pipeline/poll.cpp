#include "pipeline/poll.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "base/error.hpp"
#include "resilience/backoff.hpp"

namespace indexer::pipeline {

Poll::Poll(source::Source& source, store::Coverage& coverage, Backfill& backfill,
           config::Poll const& config, base::Clock& clock)
    : source_(source), coverage_(coverage), backfill_(backfill), config_(config), clock_(clock) {
}

base::Seq Poll::first(std::optional<base::Seq> asked, std::stop_token stop) {
    if (asked) return *asked;
    for (store::Segment const& segment : coverage_.segments(stop)) {
        if (segment.content == coverage_.dataset().content) return segment.seqs.begin;
    }
    return source_.tip(stop);
}

Report Poll::run(base::Seq first, BeforeRound const& before_round, std::stop_token stop) {
    auto const started = clock_.now();
    first_ = first;
    next_ = first;
    heal_at_ = started;  // what an earlier run left behind comes first
    try {
        do {
            before_round();
            if (round(stop) == Progress::caught_up && config_.until_caught_up) break;
        } while (clock_.sleep_for(config_.interval, stop));
    } catch (base::Error const& error) {
        if (error.fault() != base::Fault::stopped) throw;
    }
    auto result = report();
    result.elapsed = clock_.now() - started;
    result.stopped = stop.stop_requested();
    return result;
}

Poll::Progress Poll::round(std::stop_token stop) {
    try {
        auto const tip = source_.tip(stop);
        if (tip < next_.load()) return Progress::caught_up;
        clock_.now() >= heal_at_ ? heal(tip, stop) : follow(tip, stop);
        return Progress::behind;  // the tip may have moved on meanwhile
    } catch (base::Error const& error) {
        if (error.fault() != base::Fault::endpoint || config_.until_caught_up) throw;
        spdlog::warn("{}", error.what());
        return Progress::behind;
    }
}

void Poll::follow(base::Seq tip, std::stop_token stop) {
    copy(base::SeqRange::inclusive(next_, tip), tip, stop);
}

void Poll::heal(base::Seq tip, std::stop_token stop) {
    copy(base::SeqRange::inclusive(first_, tip), tip, stop);
    resilience::Backoff const backoff{.base = config_.heal_interval,
                                      .cap = config_.max_heal_interval};
    bool const healed = coverage_.gaps({first_, next_}, stop).empty();
    heals_ = healed ? 1 : heals_ + 1;
    heal_at_ = clock_.now() + backoff.ceiling(heals_);
}

void Poll::copy(base::SeqRange range, base::Seq tip, std::stop_token stop) {
    auto const plan = backfill_.plan(range, tip, false, stop);
    static_cast<void>(backfill_.run(range, tip, plan, stop));
    if (!stop.stop_requested()) next_ = std::max(next_.load(), range.end);
}

base::SeqRange Poll::range() const noexcept {
    return {first_, std::max(next_.load(), first_.load().next())};
}

Report Poll::report() const {
    Report report;
    report.range = range();
    report.totals = backfill_.tally().totals();
    report.missing = coverage_.gaps(report.range, {});
    report.dead_letters = coverage_.dead_letters(report.range, {});
    return report;
}

}  // namespace indexer::pipeline
