#include "pipeline/tip_watch.hpp"

#include <utility>

#include <spdlog/spdlog.h>

#include "base/crew.hpp"
#include "base/error.hpp"

namespace indexer::pipeline {

TipWatch::TipWatch(TipGuard& guard, base::Clock& clock, Pace pace,
                   std::function<void(base::Seq)> tip_is)
    : guard_(guard), clock_(clock), pace_(pace), tip_is_(std::move(tip_is)) {
}

void TipWatch::during(GrowingPlanner& planner, std::function<void()> const& copy) {
    std::stop_source over;
    base::Fate fate{over.get_token()};
    base::Crew watcher(fate, 1, [&] { watch(planner, fate.ended()); });
    {
        struct EndsIt {
            std::stop_source& over;
            ~EndsIt() { over.request_stop(); }
        } const ends_it{over};
        copy();
    }
    watcher.join();
    fate.rethrow();
}

void TipWatch::watch(GrowingPlanner& planner, std::stop_token stop) {
    auto asked = clock_.now();
    while (clock_.sleep_for(pace_.held_up, stop)) {
        bool const held_up = planner.is_held_up();
        if (!held_up && clock_.now() - asked < pace_.usual) continue;
        asked = clock_.now();
        ask(planner, held_up, stop);
    }
}

// Who copies says why endpoints fail; here it only means that the tip stays the one last heard.
void TipWatch::ask(GrowingPlanner& planner, bool held_up, std::stop_token stop) {
    try {
        auto const tip = guard_.ask(clock_.now(), stop);
        tip_is_(tip);
        if (held_up) planner.grow(tip, stop);
    } catch (base::Error const& error) {
        if (error.fault() != base::Fault::endpoint && error.fault() != base::Fault::stopped) throw;
        spdlog::debug("{}", error.what());
    }
}

}  // namespace indexer::pipeline
