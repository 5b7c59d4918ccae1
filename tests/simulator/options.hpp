#pragma once

#include <string>

#include "tests/simulator/history/seeded_history.hpp"
#include "tests/simulator/server/node.hpp"
#include "tests/simulator/server/simulator.hpp"
#include "tests/simulator/stellar/lake.hpp"
#include "tests/simulator/stellar/node.hpp"
#include "tests/simulator/stellar/seeded_ledgers.hpp"

namespace indexer::simulator {

// What the command line asks for.
struct Options {
    int port = 0;
    std::size_t threads = 256;
    bool die_with_parent = false;
    std::string chain = "solana";
    std::string network = "pubnet";
    std::string recorded;  // folder or file; empty: a seeded chain
    SeededOptions seeded;
    stellar::SeededOptions ledgers;
    stellar::LakeOptions lake;
    std::string software = stellar::kSoftware;
    std::string write_lake;  // folder; empty: serve
    NodeOptions node;
    SimulatorOptions simulator;
};

// Reads argv. Returns the exit code when there is nothing to serve: help was asked for, or the
// command line makes no sense.
[[nodiscard]] std::optional<int> parse(int argc, char const* const* argv, Options& options);

}  // namespace indexer::simulator
