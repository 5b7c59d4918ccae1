#pragma once

#include <functional>
#include <stop_token>

#include "base/clock.hpp"
#include "base/seq.hpp"
#include "pipeline/growing_planner.hpp"
#include "pipeline/tip_guard.hpp"

namespace indexer::pipeline {

// Asks for the tip while something is copied, so that it is known how far that is behind, and has a
// planner grow while a part holds it up.
class TipWatch {
  public:
    struct Pace {
        base::Clock::Duration usual;    // between two questions
        base::Clock::Duration held_up;  // the same while a part is held up
    };

    // `guard` and `clock` must outlive this object; nobody else uses `guard` during().
    // `tip_is` is called in a thread of its own.
    TipWatch(TipGuard& guard, base::Clock& clock, Pace pace, std::function<void(base::Seq)> tip_is);

    // Calls `copy`, and asks until it returns. Throws what it throws.
    void during(GrowingPlanner& planner, std::function<void()> const& copy);

    // From when on a part holds up others.
    [[nodiscard]] base::Clock::Duration patience() const noexcept { return 2 * pace_.held_up; }

  private:
    void watch(GrowingPlanner& planner, std::stop_token stop);
    void ask(GrowingPlanner& planner, bool held_up, std::stop_token stop);

    TipGuard& guard_;
    base::Clock& clock_;
    Pace pace_;
    std::function<void(base::Seq)> tip_is_;
};

}  // namespace indexer::pipeline
