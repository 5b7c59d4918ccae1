#pragma once

#include <cstdint>
#include <vector>

#include "tests/simulator/transactions/transaction.hpp"
#include "tests/simulator/transactions/world.hpp"

namespace indexer::simulator {

// What blocks are made of. Rates are between 0 and 1.
struct Mixture {
    std::uint64_t transactions = 20;  // in a block, on average
    double vote_rate = 0.6;           // of all transactions
    double failure_rate = 0.15;       // of those that are not votes
    double version_1_rate = 0.05;     // of those that are not votes
};

// Which block to make.
struct BlockPlan {
    std::uint64_t seed = 1;
    std::uint64_t content = 0;  // blocks of the same number hold the same
    std::uint64_t slot = 0;     // that votes are about
    std::uint64_t time = 0;     // seconds since 1970, for events that tell it
};

// The transactions of a block: a pure function of the arguments.
[[nodiscard]] std::vector<Transaction> make_block(World const& world, Mixture const& mixture,
                                                  BlockPlan const& plan);

}  // namespace indexer::simulator
