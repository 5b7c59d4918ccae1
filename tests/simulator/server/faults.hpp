#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "base/clock.hpp"
#include "tests/simulator/server/fault_rule.hpp"
#include "tests/simulator/server/orders.hpp"

namespace indexer::simulator {

// Decides for each call what goes wrong with it. Chance depends on the seed, the rule, the slot
// and how often it was asked for, never on what other connections do at the time; so the same calls
// meet the same faults in whatever order they come. Safe for concurrent use.
class Faults {
  public:
    // Requires: the clock lives as long as this.
    Faults(std::uint64_t seed, base::Clock const& clock) : seed_(seed), clock_(clock) {}

    // Forgets the rules before and what they have counted.
    void replace(std::vector<FaultRule> rules);

    // What the rules order for one call; every rule that applies adds to it, a later one wins.
    [[nodiscard]] Orders orders_for(Call const& call);

  private:
    struct Tally {
        std::uint64_t seen = 0;
        std::uint64_t fired = 0;
    };

    // A rule and how often it was met: in all, and by slot (0 for calls about none).
    struct Active {
        FaultRule rule;
        Tally total{};
        std::map<Slot, Tally> by_slot{};
    };

    [[nodiscard]] bool fires(Active& active, std::uint64_t place, Call const& call) const;

    std::uint64_t seed_;
    base::Clock const& clock_;
    std::mutex mutex_;
    base::Clock::TimePoint since_{};
    std::vector<Active> active_;
};

}  // namespace indexer::simulator
