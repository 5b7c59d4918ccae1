#include "tests/simulator/server/fault_rule.hpp"

#include <charconv>
#include <sstream>

#include "base/error.hpp"
#include "tests/simulator/encoding/duration.hpp"
#include "tests/simulator/server/behaviours.hpp"

namespace indexer::simulator {
namespace {

base::Error not_understood(std::string const& what) {
    return {base::Fault::usage, base::Recovery::never, "fault: " + what};
}

template <class Number>
Number parse_number(std::string const& text) {
    Number number{};
    auto const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end) throw not_understood("no number: " + text);
    return number;
}

SlotSpan parse_span(std::string const& text) {
    auto const dash = text.find('-');
    auto const first = parse_number<Slot>(text.substr(0, dash));
    if (dash == std::string::npos) return {first, first};
    return {first, parse_number<Slot>(text.substr(dash + 1))};
}

void set(FaultRule& rule, std::string const& key, std::string const& value) {
    if (key == "rate") {
        rule.rate = parse_number<double>(value);
    } else if (key == "from") {
        rule.from = parse_number<std::uint64_t>(value);
    } else if (key == "count") {
        rule.count = parse_number<std::uint64_t>(value);
    } else if (key == "each") {
        rule.each = parse_number<std::uint64_t>(value);
    } else if (key == "method") {
        rule.method = value;
    } else if (key == "slots") {
        rule.slots = parse_span(value);
    } else if (key == "within") {
        rule.within = parse_duration(value);
    } else if (!key.empty() && key == rule.behaviour->key) {
        rule.value = parse_number<std::int64_t>(value);
    } else {
        throw not_understood(std::string(rule.behaviour->name) + " has no key: " + key);
    }
}

}  // namespace

FaultRule FaultRule::parse(std::string const& text) {
    auto const colon = text.find(':');
    auto const name = text.substr(0, colon);
    FaultRule rule;
    rule.behaviour = find_behaviour(name);
    if (rule.behaviour == nullptr) throw not_understood("no such name: " + name);
    rule.value = rule.behaviour->value;
    if (colon == std::string::npos) return rule;
    std::istringstream pairs(text.substr(colon + 1));
    for (std::string pair; std::getline(pairs, pair, ',');) {
        auto const equals = pair.find('=');
        if (equals == std::string::npos) throw not_understood("no value given: " + pair);
        set(rule, pair.substr(0, equals), pair.substr(equals + 1));
    }
    return rule;
}

std::vector<FaultRule> parse_rules(std::string const& lines) {
    std::vector<FaultRule> rules;
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty()) rules.push_back(FaultRule::parse(line));
    }
    return rules;
}

}  // namespace indexer::simulator
