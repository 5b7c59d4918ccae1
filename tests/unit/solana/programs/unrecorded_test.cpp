#include <gtest/gtest.h>

#include "tests/unit/solana/programs/hand_made.hpp"

// Instructions that trade, of transactions whose node did not record what they called: the trade is
// lost, which must be said.
namespace indexer::test {
namespace {

struct Trade {
    std::string name;
    std::string_view program;
    std::uint64_t instruction;
};

class Unrecorded : public ::testing::TestWithParam<Trade> {
  protected:
    Unrecorded() {
        Names const accounts(30, "account");
        auto const data = anchor_bytes(GetParam().instruction).zeros(40).str();
        made_.call(GetParam().program, accounts, data);
    }

    HandMade made_;
};

TEST_P(Unrecorded, InnerInstructionsAreMissed) {
    made_.forget_calls();
    EXPECT_EQ(made_.swaps(), Lines{});
    EXPECT_EQ(made_.undecoded(), Lines{"0 inner instructions were not recorded"});
}

TEST_P(Unrecorded, AndSoIsWhatTellsOfTheTradeAmongThem) {
    made_.inner(2, "another program", {}, "data");
    EXPECT_EQ(made_.swaps(), Lines{});
    auto const undecoded = made_.undecoded();
    ASSERT_EQ(undecoded.size(), 1U);
    EXPECT_TRUE(undecoded.front().starts_with("0 no ")) << undecoded.front();
}

INSTANTIATE_TEST_SUITE_P(
    , Unrecorded,
    ::testing::Values(
        Trade{"clmm_swap", program::kClmm, 0xf8c69e91e17587c8},
        Trade{"clmm_swap_v2", program::kClmm, 0x2b04ed0b1ac91e62},
        Trade{"clmm_swap_router_base_in", program::kClmm, 0x457d73daf5baf2c4},
        Trade{"cpmm_swap_base_input", program::kCpmm, 0x8fbe5adac41e33de},
        Trade{"cpmm_swap_base_output", program::kCpmm, 0x37d96256a34ab4ad},
        Trade{"launchlab_buy_exact_in", program::kLaunchLab, 0xfaea0d7bd59c13ec},
        Trade{"launchlab_buy_exact_out", program::kLaunchLab, 0x18d3742869039938},
        Trade{"launchlab_sell_exact_in", program::kLaunchLab, 0x9527de9bd37c981a},
        Trade{"launchlab_sell_exact_out", program::kLaunchLab, 0x5fc8472208090ba6},
        Trade{"pump_fun_buy", program::kPumpFun, 0x66063d1201daebea},
        Trade{"pump_fun_sell", program::kPumpFun, 0x33e685a4017f83ad},
        Trade{"pump_fun_buy_exact_sol_in", program::kPumpFun, 0x38fc74089edfcd5f},
        Trade{"pump_fun_buy_v2", program::kPumpFun, 0xb817ee6167c5d33d},
        Trade{"pump_fun_sell_v2", program::kPumpFun, 0x5df6823ce7e940b2},
        Trade{"pump_fun_buy_exact_quote_in_v2", program::kPumpFun, 0xc2ab1c46684d5b2f},
        Trade{"pump_swap_buy", program::kPumpSwap, 0x66063d1201daebea},
        Trade{"pump_swap_buy_exact_quote_in", program::kPumpSwap, 0xc62e1552b4d9e870},
        Trade{"pump_swap_sell", program::kPumpSwap, 0x33e685a4017f83ad},
        Trade{"jupiter_route", program::kJupiter, 0xe517cb977ae3ad2a},
        Trade{"jupiter_shared_accounts_route", program::kJupiter, 0xc1209b3341d69c81},
        Trade{"jupiter_route_v2", program::kJupiter, 0xbb64facc31c4af14},
        Trade{"jupiter_shared_accounts_route_v2", program::kJupiter, 0xd19853937cfed8e9},
        Trade{"jupiter_exact_out_route", program::kJupiter, 0xd033ef977b2bed5c},
        Trade{"jupiter_exact_out_route_v2", program::kJupiter, 0x9d8ab85215f4f324},
        Trade{"jupiter_route_with_token_ledger", program::kJupiter, 0x96564774a75d0e68}),
    [](auto const& test) { return test.param.name; });

// The router itself tells nothing of trades; what it did not call it did not trade.
TEST(UnrecordedCalls, OfTheRouterAreMissed) {
    HandMade made;
    made.call(program::kRouter, {"account"}, "route");
    EXPECT_EQ(made.undecoded(), Lines{});
    made.forget_calls();
    EXPECT_EQ(made.undecoded(), Lines{"0 inner instructions were not recorded"});
}

TEST(UnrecordedCalls, OfInstructionsThatDoNotTradeAreNotMissed) {
    HandMade made;
    made.call(program::kPumpFun, {"account"}, anchor_bytes(0xd6904cec5f8b31b4).str());  // create_v2
    made.call(program::kJupiter, {"account"}, anchor_bytes(0x93f17b64f484ae76).str());
    made.forget_calls();
    EXPECT_EQ(made.undecoded(), Lines{});
}

}  // namespace
}  // namespace indexer::test
