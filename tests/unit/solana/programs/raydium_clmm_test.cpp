#include <gtest/gtest.h>

#include "tests/unit/solana/programs/hand_made.hpp"

namespace indexer::test {
namespace {

std::string const swap_v2 = anchor_bytes(0x2b04ed0b1ac91e62).zeros(33).str();
Names const pool_accounts{"alice",       "config",    "pool",       "source",
                          "destination", "sol vault", "coin vault", "observation"};

// The event of a swap of SOL, token 0, for coins; 205 bytes, or 221 with the fees.
Bytes swap_event(std::string_view pool) {
    auto event = anchor_bytes(0x40c6cde8260871e2);
    event.key(pool).key("alice").key("source").key("destination");
    event.u64(100).u64(0).u64(95).u64(0).u8(1).zeros(16 * 2 + 4);
    return event;
}

void swap(HandMade& made, std::string const& instruction) {
    made.held("sol vault", program::kWrappedSol, "pool", 0, 100);
    made.held("coin vault", "coin", "pool", 100, 5);
    made.call(program::kClmm, pool_accounts, instruction);
    made.moved("source", "sol vault", 100).moved("coin vault", "destination", 95);
}

void log_event(HandMade& made, std::string const& event) {
    made.log("Program " + std::string(program::kClmm) + " invoke [1]");
    made.log("Program data: " + base64_text(event));
}

std::string line(std::string const& fee) {
    return "0 raydium_clmm pool: alice gave 100 SOL, got 95 coin, fee " + fee;
}

TEST(RaydiumClmm, TakesAmountsFromTransfers) {
    for (auto const instruction :
         std::vector<std::uint64_t>{0xf8c69e91e17587c8, 0x2b04ed0b1ac91e62}) {
        HandMade made;
        swap(made, anchor_bytes(instruction).zeros(33).append("later fields").str());
        EXPECT_EQ(made.swaps(), Lines{line("?")});
        EXPECT_EQ(made.undecoded(), Lines{});
    }
}

TEST(RaydiumClmm, TakesTheFeeFromItsLogOnceThatTellsIt) {
    HandMade older;
    swap(older, swap_v2);
    log_event(older, swap_event("pool").str());
    EXPECT_EQ(swap_event("pool").size(), 205U);
    EXPECT_EQ(older.swaps(), Lines{line("?")});

    HandMade of_the_input;
    swap(of_the_input, swap_v2);
    log_event(of_the_input, swap_event("pool").u64(3).u64(0).append("later").str());
    EXPECT_EQ(of_the_input.swaps(), Lines{line("3 SOL")});

    HandMade of_the_output;
    swap(of_the_output, swap_v2);
    log_event(of_the_output, swap_event("pool").u64(0).u64(4).str());
    EXPECT_EQ(of_the_output.swaps(), Lines{line("4 coin")});
}

TEST(RaydiumClmm, DoesWithoutALogThatTellsSomethingElse) {
    HandMade of_another_pool;
    swap(of_another_pool, swap_v2);
    log_event(of_another_pool, swap_event("another pool").u64(3).u64(0).str());
    EXPECT_EQ(of_another_pool.swaps(), Lines{line("?")});

    HandMade of_another_event;
    swap(of_another_event, swap_v2);
    log_event(of_another_event, anchor_bytes(1).zeros(200).str());
    EXPECT_EQ(of_another_event.swaps(), Lines{line("?")});

    HandMade cut;
    swap(cut, swap_v2);
    cut.log("Log truncated");
    log_event(cut, swap_event("pool").u64(3).u64(0).str());
    EXPECT_EQ(cut.swaps(), Lines{line("?")});
}

TEST(RaydiumClmm, RoutesThroughSeveralPools) {
    HandMade made;
    made.held("v1 in", "usd", "p1", 0, 10).held("v1 out", program::kWrappedSol, "p1", 9, 0);
    made.held("v2 in", program::kWrappedSol, "p2", 0, 9).held("v2 out", "coin", "p2", 8, 0);
    made.call(program::kClmm, {"alice",       "source",
                               "usd",         "x",
                               "y",           "z",
                               "config",      "p1",
                               "between",     "v1 in",
                               "v1 out",      "sol",
                               "observation", "ticks",
                               "ticks2",      "config",
                               "p2",          "destination",
                               "v2 in",       "v2 out",
                               "coin",        "observation 2",
                               "ticks"},
              anchor_bytes(0x457d73daf5baf2c4).u64(10).u64(7).str());
    made.moved("source", "v1 in", 10).moved("v1 out", "between", 9);
    made.moved("between", "v2 in", 9).moved("v2 out", "destination", 8);
    EXPECT_EQ(made.swaps(),
              (Lines{"0 raydium_clmm p1: alice gave 10 usd, got 9 SOL, fee ?",
                     "0 raydium_clmm p2: alice gave 9 SOL, got 8 coin, fee ? leg 1"}));
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST(RaydiumClmm, PassesOverWhatIsNoSwap) {
    HandMade made;
    made.call(program::kClmm, {"a"}, anchor_bytes(7).str());
    made.call(program::kClmm, {"a"}, "short");
    EXPECT_EQ(made.swaps(), Lines{});
    EXPECT_EQ(made.undecoded(), Lines{});
}

}  // namespace
}  // namespace indexer::test
