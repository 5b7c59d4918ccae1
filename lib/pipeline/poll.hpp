#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/clock.hpp"
#include "base/seq.hpp"
#include "config/config.hpp"
#include "pipeline/backfill.hpp"
#include "pipeline/report.hpp"
#include "pipeline/tip_guard.hpp"
#include "pipeline/tip_watch.hpp"
#include "source/source.hpp"
#include "store/coverage.hpp"

namespace indexer::pipeline {

// Follows the tip: a backfill of what is missing up to it, then of what has come since, and so on.
//
//   begin ──▶ ask for the tip ──▶ copy what is new, or what is missing when healing is due ─┐
//                  ▲                                                                        │
//                  └────────────────────────────── wait ────────────────────────────────────┘
//
// What could not be had stays a gap and is asked for again, less and less often while it does not
// come; what no endpoint holds any more is left a gap. While a seq is tried again, what comes
// behind it is copied. The tip is asked for all the time (TipWatch); an endpoint that fails is
// asked ever less often, up to twice a minute. A tip is believed as far as time allows (TipGuard).
// One below what is stored is behind, never caught up: it is waited for, and where that takes long,
// the chain behind it is compared with the stored one. One thread at a time.
class Poll {
  public:
    // Called in the thread of run(), tip_is also in another one.
    struct Hooks {
        std::function<void()> before_round;  // throws to end the run
        std::function<void(base::Seq)> tip_is;
        std::function<void(base::Seq)> first_available_is;  // whenever gaps are asked for again
    };

    // Everything named must outlive this object.
    Poll(source::Source& source, store::Coverage& coverage, Backfill& backfill,
         config::Poll const& config, base::Clock& clock, Hooks hooks);

    // Where to begin: `asked`, else where the dataset begins, else the tip.
    [[nodiscard]] base::Seq first(std::optional<base::Seq> asked, std::stop_token stop);

    // Until a stop; with until_caught_up, until a tip heard within the last seconds was reached. A
    // failing endpoint, or one that is behind, is waited for, unless until_caught_up is set: then
    // it ends the run (the latter after a minute), as every other error does always.
    [[nodiscard]] Report run(base::Seq first, std::stop_token stop);

    // From the first seq to the tip as last heard. Any thread.
    [[nodiscard]] base::SeqRange range() const noexcept;

  private:
    enum class Progress { behind, caught_up };

    [[nodiscard]] Progress round(std::stop_token stop);
    void heard(base::Seq tip);
    [[nodiscard]] base::Clock::Duration pause() const;
    [[nodiscard]] base::Seq newest_stored(std::stop_token stop);
    [[nodiscard]] bool is_behind(base::Seq tip, std::stop_token stop);
    void wait_behind(base::Seq tip, std::stop_token stop);
    void follow(base::Seq tip, std::stop_token stop);
    void heal(base::Seq tip, std::stop_token stop);
    void copy(base::SeqRange range, base::Seq tip, std::stop_token stop);
    [[nodiscard]] std::vector<base::SeqRange> within_reach(std::vector<base::SeqRange> gaps,
                                                           std::stop_token stop);
    [[nodiscard]] Report report(std::stop_token stop);

    source::Source& source_;
    store::Coverage& coverage_;
    Backfill& backfill_;
    config::Poll const& config_;
    base::Clock& clock_;
    Hooks hooks_;

    std::atomic<base::Seq> first_;
    std::atomic<base::Seq> tip_;
    std::atomic<base::Seq> next_;   // the first seq that was not asked for yet
    std::atomic<base::Seq> reach_;  // behind what is stored and what was asked for
    base::Seq stored_;              // the newest, as last asked for
    TipGuard tip_guard_;
    TipWatch tip_watch_;
    unsigned failed_rounds_ = 0;  // in a row
    std::optional<base::Clock::TimePoint> behind_since_;
    base::Clock::TimePoint compare_at_;
    unsigned heals_ = 0;
    base::Clock::TimePoint heal_at_;
    bool told_out_of_reach_ = false;
};

}  // namespace indexer::pipeline
