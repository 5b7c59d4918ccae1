#pragma once

#include <string>
#include <string_view>

#include "tests/simulator/server/fault_rule.hpp"

namespace indexer::simulator {

// A way to fail, as seen at real endpoints. To add one, add a row to the table in the source file.
struct Behaviour {
    std::string_view name;
    std::string_view methods;  // those it makes sense for, space-separated; empty: all
    std::string_view key;      // of the number it can be told; empty: none
    std::int64_t value;        // that number's default
    void (*apply)(Orders& orders, Call const& call, FaultRule const& rule);
    std::string_view help;

    // Its slots are what it acts on, rather than which calls it is meant for.
    bool takes_span = false;

    // Whether a rule that names no method means calls of this one.
    [[nodiscard]] bool concerns(std::string_view method) const;
};

// Nothing when there is none of that name.
[[nodiscard]] Behaviour const* find_behaviour(std::string_view name);

// A line for each, for --help.
[[nodiscard]] std::string behaviours_help();

}  // namespace indexer::simulator
