#include "pipeline/poll.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/error.hpp"
#include "pipeline/reach.hpp"
#include "pipeline/same_chain.hpp"
#include "resilience/backoff.hpp"

namespace indexer::pipeline {
namespace {

// Endpoints behind one URL are a few seqs apart, for a few seconds.
constexpr std::chrono::minutes kMostBehind{1};

// The tip moves on while a round goes on, so none ever ends at it: what was the tip a moment ago
// will do.
constexpr std::chrono::seconds kMoment{5};

// Between two questions for the tip while something is copied.
constexpr std::chrono::milliseconds kWatch{5'000};

// The longest rest after rounds that failed.
constexpr std::chrono::milliseconds kRest{30'000};

}  // namespace

Poll::Poll(source::Source& source, store::Coverage& coverage, Backfill& backfill,
           config::Poll const& config, base::Clock& clock, Hooks hooks)
    : source_(source),
      coverage_(coverage),
      backfill_(backfill),
      config_(config),
      clock_(clock),
      hooks_(std::move(hooks)),
      tip_guard_(source),
      tip_watch_(tip_guard_, clock, {std::max(kWatch, config.interval), config.interval},
                 [this](base::Seq tip) { heard(tip); }) {
    backfill_.follow(tip_watch_);
}

void Poll::heard(base::Seq tip) {
    tip_ = tip;
    hooks_.tip_is(tip);
}

base::Clock::Duration Poll::pause() const {
    if (failed_rounds_ == 0) return config_.interval;
    return resilience::Backoff{.base = config_.interval, .cap = std::max(kRest, config_.interval)}
        .ceiling(failed_rounds_);
}

base::Seq Poll::first(std::optional<base::Seq> asked, std::stop_token stop) {
    if (asked) return *asked;
    auto const segments = backfill_.persistence()(stop, [&] { return coverage_.segments(stop); });
    for (store::Segment const& segment : segments) {
        if (segment.content == coverage_.dataset().content) return segment.seqs.begin;
    }
    return tip_with_blocks(source_, clock_, stop);
}

Report Poll::run(base::Seq first, std::stop_token stop) {
    auto const started = clock_.now();
    first_ = first;
    tip_ = first;
    next_ = first;
    reach_ = first;
    heal_at_ = started;  // what an earlier run left behind comes first
    base::unless_stopped([&] {
        stored_ = newest_stored(stop);
        next_ = std::max(first, stored_.next());
        reach_ = next_.load();
        do {
            hooks_.before_round();
            if (round(stop) == Progress::caught_up && config_.until_caught_up) break;
        } while (clock_.sleep_for(pause(), stop));
    });
    auto result = report({});
    result.elapsed = clock_.now() - started;
    result.stopped = stop.stop_requested();
    return result;
}

Poll::Progress Poll::round(std::stop_token stop) {
    try {
        auto const began = clock_.now();
        auto const tip = tip_guard_.ask(began, stop);
        heard(tip);
        failed_rounds_ = 0;
        if (tip < first_.load()) return Progress::caught_up;
        if (is_behind(tip, stop)) {
            wait_behind(tip, stop);
            return Progress::behind;
        }
        behind_since_.reset();
        if (clock_.now() >= heal_at_) {
            heal(tip, stop);
        } else if (tip >= next_.load()) {
            follow(tip, stop);
        }
        return clock_.now() - began <= kMoment ? Progress::caught_up : Progress::behind;
    } catch (base::Error const& error) {
        if (error.fault() != base::Fault::endpoint || config_.until_caught_up) throw;
        spdlog::warn("{}", error.what());
        ++failed_rounds_;
        return Progress::behind;
    }
}

// Zero where nothing is stored.
base::Seq Poll::newest_stored(std::stop_token stop) {
    auto const segments = backfill_.persistence()(stop, [&] { return coverage_.segments(stop); });
    base::Seq newest;
    for (store::Segment const& segment : segments) {
        newest = std::max(newest, segment.right.seq);
    }
    return newest;
}

// What a tip told before may have been more than there was.
bool Poll::is_behind(base::Seq tip, std::stop_token stop) {
    if (tip >= stored_ && tip.next() >= next_.load()) return false;
    next_ = std::min(next_.load(), tip.next());
    stored_ = newest_stored(std::move(stop));
    return tip < stored_;
}

// Throws when the endpoints are of another chain, or, where the run is to end, do not get on.
void Poll::wait_behind(base::Seq tip, std::stop_token stop) {
    auto const now = clock_.now();
    if (!behind_since_) {
        behind_since_ = now;
        compare_at_ = now + kMoment;
    }
    if (now < compare_at_) return;
    compare_at_ = now + kMostBehind;
    require_same_chain(source_, coverage_, backfill_, tip, std::move(stop));
    auto const what = fmt::format("{}: the tip told is {}, behind what is stored up to {}",
                                  source_.chain(), tip.value(), stored_.value());
    spdlog::warn("{}", what);
    if (!config_.until_caught_up || now - *behind_since_ < kMostBehind) return;
    throw base::Error(base::Fault::endpoint, base::Recovery::never, what,
                      "name an endpoint that follows the tip");
}

void Poll::follow(base::Seq tip, std::stop_token stop) {
    copy(base::SeqRange::inclusive(next_, tip), tip, stop);
}

// Healing that fails is not due again at once, so that the tip is followed meanwhile.
void Poll::heal(base::Seq tip, std::stop_token stop) {
    resilience::Backoff const backoff{.base = config_.heal_interval,
                                      .cap = config_.max_heal_interval};
    ++heals_;
    heal_at_ = clock_.now() + backoff.ceiling(heals_);
    copy(base::SeqRange::inclusive(first_, tip), tip, stop);
    if (backfill_.gaps({first_, next_}, stop).empty()) heals_ = 1;
    heal_at_ = clock_.now() + backoff.ceiling(heals_);
}

void Poll::copy(base::SeqRange range, base::Seq tip, std::stop_token stop) {
    auto missing = backfill_.gaps(range, stop);
    // Endpoints drop old history, and some had no luck with it; what has come since the last round
    // is there, and has no holes yet.
    bool const is_new = first_.load() < next_.load() && next_.load() <= range.begin;
    if (!is_new) {
        missing = within_reach(std::move(missing), stop);
        backfill_.recall(range, stop);
    }
    if (!missing.empty()) {
        range.end = backfill_.copy({missing.front().begin, range.end}, tip, missing, stop).end;
    }
    // A stop in the middle of history leaves what nobody asked for yet.
    if (stop.stop_requested() && !is_new) return;
    reach_ = std::max(reach_.load(), range.end);
    if (!stop.stop_requested()) next_ = std::max(next_.load(), range.end);
}

std::vector<base::SeqRange> Poll::within_reach(std::vector<base::SeqRange> gaps,
                                               std::stop_token stop) {
    auto const told = source_.first_available(stop);
    auto const first = gaps.empty() ? told : first_within_reach(source_, told, gaps.front(), stop);
    hooks_.first_available_is(std::min(first, told));
    if (gaps.empty() || gaps.front().begin >= first) return gaps;
    if (!std::exchange(told_out_of_reach_, true)) {
        spdlog::warn("{}: {} is missing, but the endpoint's first block is {}: it stays a gap",
                     source_.chain(), gaps.front().begin.value(), first.value());
    }
    for (base::SeqRange& gap : gaps) gap.begin = std::min(std::max(gap.begin, first), gap.end);
    std::erase_if(gaps, [](base::SeqRange const& gap) { return gap.empty(); });
    return gaps;
}

base::SeqRange Poll::range() const noexcept {
    return {first_, std::max({first_.load().next(), reach_.load(), tip_.load().next()})};
}

Report Poll::report(std::stop_token stop) {
    Report report;
    report.range = {first_, std::max(reach_.load(), first_.load().next())};
    report.totals = backfill_.tally().totals();
    report.quarantined = backfill_.quarantined();
    report.replaced = backfill_.replaced();
    report.missing = backfill_.gaps(report.range, stop);
    if (!report.missing.empty()) {
        report.explained = backfill_.persistence()(
            stop, [&] { return coverage_.explain(report.to_explain(), stop); });
    }
    report.dead_letters =
        backfill_.persistence()(stop, [&] { return coverage_.dead_letters(report.range, stop); });
    return report;
}

}  // namespace indexer::pipeline
