#include <gtest/gtest.h>

#include "tests/unit/solana/programs/hand_made.hpp"

namespace indexer::test {
namespace {

// An event of 89 bytes, as until August 2025.
Bytes short_event(std::string_view pool) {
    return anchor_bytes(0x40c6cde8260871e2).key(pool).zeros(8 * 6).u8(1);
}

// The one of 170 bytes.
Bytes long_event(std::string_view pool, std::uint64_t creator_fee, bool on_input) {
    return short_event(pool).key("coin").key("usd").u64(3).u64(creator_fee).u8(on_input ? 1 : 0);
}

// A swap of a coin of which Token-2022 withholds a tenth each time it moves.
void swap(HandMade& made, std::uint64_t instruction) {
    made.held("vault in", "usd", "authority", 0, 100);
    made.held("vault out", "coin", "authority", 100, 0);
    made.held("destination", "coin", "alice", 0, 90);
    made.call(program::kCpmm,
              {"alice", "authority", "config", "pool", "source", "destination", "vault in",
               "vault out", "t", "t", "usd", "coin", "observation"},
              anchor_bytes(instruction).u64(100).u64(80).append("later fields").str());
    made.inner(2, program::kToken, {"source", "usd", "vault in", "alice"},
               Bytes().u8(12).u64(100).u8(6).str());
    made.inner(2, program::kToken2022, {"vault out", "coin", "destination", "authority"},
               Bytes().u8(12).u64(100).u8(6).str());
}

void log_event(HandMade& made, Bytes const& event) {
    made.log("Program " + std::string(program::kCpmm) + " invoke [1]");
    made.log("Program data: " + base64_text(event.str()));
}

std::string line(std::string const& fee) {
    return "0 raydium_cpmm pool: alice gave 100 usd, got 90 coin, fee " + fee;
}

TEST(RaydiumCpmm, TakesAmountsFromTransfersLessWhatTheTokenWithholds) {
    for (auto const instruction :
         std::vector<std::uint64_t>{0x8fbe5adac41e33de, 0x37d96256a34ab4ad}) {
        HandMade made;
        swap(made, instruction);
        EXPECT_EQ(made.swaps(), Lines{line("?")});
        EXPECT_EQ(made.undecoded(), Lines{});
    }
}

TEST(RaydiumCpmm, TakesTheFeeFromItsLogOnceThatTellsIt) {
    EXPECT_EQ(short_event("pool").size(), 89U);
    EXPECT_EQ(long_event("pool", 0, true).size(), 170U);
    std::vector<std::pair<Bytes, std::string>> const events{
        {short_event("pool"), "?"},
        {long_event("pool", 2, true), "5 usd"},
        {long_event("pool", 2, false), "3 usd"},  // the creator's part is of the other token
        {long_event("pool", 2, true).append("later fields"), "5 usd"},
        {long_event("another pool", 2, true), "?"}};
    for (auto const& [event, fee] : events) {
        HandMade made;
        swap(made, 0x8fbe5adac41e33de);
        log_event(made, event);
        EXPECT_EQ(made.swaps(), Lines{line(fee)});
    }
}

TEST(RaydiumCpmm, PassesOverWhatIsNoSwap) {
    HandMade made;
    made.call(program::kCpmm, {"a"}, anchor_bytes(7).str());
    EXPECT_EQ(made.swaps(), Lines{});
    EXPECT_EQ(made.undecoded(), Lines{});
}

}  // namespace
}  // namespace indexer::test
