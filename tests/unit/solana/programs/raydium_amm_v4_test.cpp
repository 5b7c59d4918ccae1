#include <gtest/gtest.h>

#include "tests/unit/solana/programs/hand_made.hpp"

namespace indexer::test {
namespace {

std::string swap_data(std::uint8_t tag) {
    return Bytes().u8(tag).u64(100).u64(90).str();
}

// The accounts of each form of the instruction.
Names with_target_orders() {
    return {"token program",
            "pool",
            "authority",
            "open orders",
            "target orders",
            "coin vault",
            "pc vault",
            "m1",
            "m2",
            "m3",
            "m4",
            "m5",
            "m6",
            "m7",
            "m8",
            "source",
            "destination",
            "alice"};
}
Names without_target_orders() {
    auto accounts = with_target_orders();
    accounts.erase(accounts.begin() + 4);
    return accounts;
}
Names without_market() {
    return {"token program", "pool",   "authority",   "coin vault",
            "pc vault",      "source", "destination", "alice"};
}

Names with_more_accounts() {
    auto accounts = without_market();
    accounts.push_back("appended later");
    return accounts;
}

void hold_vaults(HandMade& made) {
    made.held("coin vault", "coin", "authority", 1000, 900);
    made.held("pc vault", program::kWrappedSol, "authority", 1000, 1100);
}

struct Form {
    std::string name;
    std::uint8_t tag;
    Names accounts;
};

class RaydiumAmmV4 : public ::testing::TestWithParam<Form> {};

TEST_P(RaydiumAmmV4, TakesAmountsFromTransfers) {
    HandMade made;
    hold_vaults(made);
    made.call(program::kAmmV4, GetParam().accounts, swap_data(GetParam().tag) + "later fields");
    made.inner(2, "order book", {}, "settle");
    made.moved("source", "pc vault", 100).moved("coin vault", "destination", 95);
    EXPECT_EQ(made.swaps(), Lines{"0 raydium_amm_v4 pool: alice gave 100 SOL, got 95 coin, fee ?"});
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST_P(RaydiumAmmV4, ElseFromItsLog) {
    HandMade made;
    hold_vaults(made);
    made.call(program::kAmmV4, GetParam().accounts, swap_data(GetParam().tag));
    made.log("Program " + std::string(program::kAmmV4) + " invoke [1]");
    bool const exact_in = GetParam().tag == 9 || GetParam().tag == 16;
    auto const line = Bytes()
                          .u8(exact_in ? 3 : 4)
                          .u64(100)
                          .u64(exact_in ? 90 : 95)
                          .u64(1)
                          .u64(7)
                          .u64(8)
                          .u64(9)
                          .u64(exact_in ? 95 : 99)
                          .str();
    made.log("Program log: ray_log: not base64 input: 3")
        .log("Program log: ray_log: " + base64_text(line));
    EXPECT_EQ(made.swaps(),
              Lines{"0 raydium_amm_v4 pool: alice gave " + std::string(exact_in ? "100" : "99") +
                    " SOL, got 95 coin, fee ?"});
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST_P(RaydiumAmmV4, ElseSaysThatItIsLost) {
    HandMade made;
    made.call(program::kAmmV4, GetParam().accounts, swap_data(GetParam().tag));
    EXPECT_EQ(made.swaps(), Lines{});
    EXPECT_EQ(made.undecoded(), Lines{"0 neither transfers nor a log of them"});
}

INSTANTIATE_TEST_SUITE_P(
    , RaydiumAmmV4,
    ::testing::Values(Form{"SwapBaseIn", 9, with_target_orders()},
                      Form{"SwapBaseInWithoutTargetOrders", 9, without_target_orders()},
                      Form{"SwapBaseOut", 11, with_target_orders()},
                      Form{"SwapBaseOutWithoutTargetOrders", 11, without_target_orders()},
                      Form{"SwapBaseInV2", 16, without_market()},
                      Form{"SwapBaseInV2OfMoreAccounts", 16, with_more_accounts()},
                      Form{"SwapBaseOutV2", 17, without_market()}),
    [](auto const& test) { return test.param.name; });

TEST(RaydiumAmmV4Log, TellsTheDirection) {
    HandMade made;
    hold_vaults(made);
    made.call(program::kAmmV4, without_market(), swap_data(16));
    auto const line = Bytes().u8(3).u64(100).u64(1).u64(2).u64(0).u64(0).u64(0).u64(95).str();
    made.log("Program " + std::string(program::kAmmV4) + " invoke [1]");
    made.log("Program log: ray_log: " + base64_text(line));
    EXPECT_EQ(made.swaps(), Lines{"0 raydium_amm_v4 pool: alice gave 100 coin, got 95 SOL, fee ?"});
}

TEST(RaydiumAmmV4Log, OfAnotherKindTellsNothing) {
    HandMade made;
    made.call(program::kAmmV4, without_market(), swap_data(16));
    made.log("Program " + std::string(program::kAmmV4) + " invoke [1]");
    made.log("Program log: ray_log: " + base64_text(Bytes().u8(1).zeros(104).str()));
    EXPECT_EQ(made.undecoded(), Lines{"0 neither transfers nor a log of them"});
}

TEST(RaydiumAmmV4Calls, ThatAreNoSwapsArePassedOver) {
    HandMade made;
    for (char const tag : std::string("\x01\x03\x04\x06\x07\x0c\x64")) {
        made.call(program::kAmmV4, {"a"}, std::string(1, tag));
    }
    EXPECT_EQ(made.swaps(), Lines{});
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST(RaydiumAmmV4Calls, WithTooFewAccountsAreUndecoded) {
    HandMade made;
    made.call(program::kAmmV4, {"a", "b"}, swap_data(9));
    EXPECT_EQ(made.undecoded(), Lines{"0 has 2 accounts"});
}

}  // namespace
}  // namespace indexer::test
