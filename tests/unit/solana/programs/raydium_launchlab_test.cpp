#include <gtest/gtest.h>

#include "tests/unit/solana/programs/hand_made.hpp"

namespace indexer::test {
namespace {

// Up to the platform's fee, which all forms share.
Bytes trade_event(std::string_view pool) {
    return anchor_bytes(0xbddb7fd34ee661ee).key(pool).zeros(8 * 9).u64(5).u64(6);
}

void buy(HandMade& made, std::uint64_t instruction, Bytes const& event) {
    made.held("base vault", "coin", "authority", 100, 5);
    made.held("quote vault", program::kWrappedSol, "authority", 0, 100);
    made.call(program::kLaunchLab,
              {"alice", "authority", "config", "platform", "curve", "base", "quote", "base vault",
               "quote vault", "coin", program::kWrappedSol},
              anchor_bytes(instruction).u64(100).u64(90).u64(0).str());
    made.inner(2, program::kLaunchLab, {"events"}, event_cpi(event));
    made.moved("quote", "quote vault", 100).moved("base vault", "base", 95);
}

TEST(RaydiumLaunchLab, AddsUpTheFeesOfEveryForm) {
    std::vector<std::pair<Bytes, int>> const events{
        {trade_event("curve").u64(7).u8(0).u8(0), 18},               // referrer's
        {trade_event("curve").u64(7).u64(8).u8(0).u8(0), 26},        // and creator's
        {trade_event("curve").u64(7).u64(8).u8(0).u8(0).u8(1), 26},  // and exact input
    };
    for (auto const& [event, fees] : events) {
        HandMade made;
        buy(made, 0xfaea0d7bd59c13ec, event);
        EXPECT_EQ(made.swaps(),
                  Lines{"0.0 raydium_launchlab curve: alice gave 100 SOL, got 95 coin, fee " +
                        std::to_string(fees) + " SOL"});
        EXPECT_EQ(made.undecoded(), Lines{});
    }
}

TEST(RaydiumLaunchLab, KnowsEveryInstruction) {
    for (auto const instruction :
         std::vector<std::uint64_t>{0xfaea0d7bd59c13ec, 0x18d3742869039938, 0x9527de9bd37c981a,
                                    0x5fc8472208090ba6, 0x0000000000000001}) {
        HandMade made;
        buy(made, instruction, trade_event("curve").u64(7).u8(0).u8(0));
        EXPECT_EQ(made.swaps().size(), 1U);
    }
}

TEST(RaydiumLaunchLab, SaysWhatDoesNotFit) {
    HandMade made;
    buy(made, 0xfaea0d7bd59c13ec, trade_event("another curve").u64(7).u8(0).u8(0));
    buy(made, 0xfaea0d7bd59c13ec, trade_event("curve"));
    EXPECT_EQ(made.swaps(), Lines{});
    EXPECT_EQ(made.undecoded(), (Lines{"0.0 an event of another pool than its instruction's",
                                       "1.0 ends after 120 bytes"}));
}

}  // namespace
}  // namespace indexer::test
