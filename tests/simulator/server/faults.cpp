#include "tests/simulator/server/faults.hpp"

#include "tests/simulator/encoding/random.hpp"
#include "tests/simulator/server/behaviours.hpp"

namespace indexer::simulator {
namespace {

bool is_meant(FaultRule const& rule, Call const& call) {
    bool const method =
        rule.method.empty() ? rule.behaviour->concerns(call.method) : rule.method == call.method;
    if (!method || !rule.slots || rule.behaviour->takes_span) return method;
    auto const slot = call.slot();
    return slot && rule.slots->contains(*slot);
}

}  // namespace

void Faults::replace(std::vector<FaultRule> rules) {
    std::lock_guard const lock(mutex_);
    since_ = clock_.now();
    active_.clear();
    for (FaultRule& rule : rules) active_.push_back({.rule = std::move(rule)});
}

bool Faults::fires(Active& active, std::uint64_t place, Call const& call) const {
    FaultRule const& rule = active.rule;
    if (!is_meant(rule, call)) return false;
    if (rule.within && clock_.now() - since_ > *rule.within) return false;
    auto const slot = call.slot().value_or(0);
    Tally& own = active.by_slot[slot];
    auto const nth = own.seen++;
    if (active.total.seen++ < rule.from) return false;
    if (active.total.fired >= rule.count || own.fired >= rule.each) return false;
    if (!Random(mix(seed_, place, slot, nth)).chance(rule.rate)) return false;
    ++active.total.fired;
    ++own.fired;
    return true;
}

Orders Faults::orders_for(Call const& call) {
    std::lock_guard const lock(mutex_);
    Orders orders;
    for (std::size_t i = 0; i < active_.size(); ++i) {
        if (!fires(active_[i], i, call)) continue;
        auto const& rule = active_[i].rule;
        rule.behaviour->apply(orders, call, rule);
        orders.faults.push_back(rule.behaviour->name);
    }
    return orders;
}

}  // namespace indexer::simulator
