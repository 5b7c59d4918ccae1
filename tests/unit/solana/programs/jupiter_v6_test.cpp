#include <gtest/gtest.h>

#include "tests/unit/solana/programs/hand_made.hpp"

namespace indexer::test {
namespace {

Bytes swap_event() {
    return anchor_bytes(0x40c6cde8260871e2)
        .key(program::kClmm)
        .key("usd")
        .u64(10)
        .key("coin")
        .u64(20);
}

Bytes swaps_event(std::uint32_t legs) {
    auto event = anchor_bytes(0x982f4eebc0606e6a).u32(legs);
    for (std::uint32_t leg = 0; leg < legs; ++leg) {
        event.key("usd").u64(10 + leg).key("coin").u64(20 + leg);
    }
    return event;
}

struct Route {
    std::string name;
    std::uint64_t instruction;
    std::string trader;
};

class JupiterV6 : public ::testing::TestWithParam<Route> {
  protected:
    Names const accounts_{"account 0", "account 1", "account 2", "account 3"};
};

TEST_P(JupiterV6, TradesForItsUser) {
    HandMade made;
    made.call(program::kJupiter, accounts_, anchor_bytes(GetParam().instruction).zeros(23).str());
    made.inner(2, program::kJupiter, {"events"}, event_cpi(swap_event()));
    EXPECT_EQ(swap_event().size() + 8, 128U);
    EXPECT_EQ(made.swaps(), Lines{"0.0 jupiter_v6 ?: " + GetParam().trader +
                                  " gave 10 usd, got 20 coin, fee ? at " +
                                  std::string(program::kClmm) + " for 0"});
    EXPECT_EQ(made.undecoded(), Lines{});
}

INSTANTIATE_TEST_SUITE_P(
    , JupiterV6,
    ::testing::Values(Route{"route", 0xe517cb977ae3ad2a, "account 1"},
                      Route{"shared_accounts_route", 0xc1209b3341d69c81, "account 2"},
                      Route{"route_v2", 0xbb64facc31c4af14, "account 0"},
                      Route{"shared_accounts_route_v2", 0xd19853937cfed8e9, "account 1"},
                      Route{"exact_out_route", 0xd033ef977b2bed5c, "account 1"},
                      Route{"shared_accounts_exact_out_route", 0xb0d169a89a7d453e, "account 2"},
                      Route{"exact_out_route_v2", 0x9d8ab85215f4f324, "account 0"},
                      Route{"shared_accounts_exact_out_route_v2", 0x3560e5cad8bbfa18, "account 1"},
                      Route{"route_with_token_ledger", 0x96564774a75d0e68, "account 1"},
                      Route{"shared_accounts_route_with_token_ledger", 0xe6798f50779f6aaa,
                            "account 2"},
                      Route{"one_that_came_later", 0x0102030405060708, "?"}),
    [](auto const& test) { return test.param.name; });

TEST(JupiterV6Events, OfOneRouteHoldAllItsLegs) {
    HandMade made;
    made.call("bot", {}, "x");
    made.inner(2, program::kJupiter, {"alice"}, anchor_bytes(0xbb64facc31c4af14).str());
    made.inner(3, program::kJupiter, {"events"}, event_cpi(swaps_event(2).append("later fields")));
    EXPECT_EQ(swaps_event(2).size() + 8, 20U + 80U * 2);
    EXPECT_EQ(made.swaps(),
              (Lines{"0.1 jupiter_v6 ?: alice gave 10 usd, got 20 coin, fee ? for 0.0",
                     "0.1 jupiter_v6 ?: alice gave 11 usd, got 21 coin, fee ? leg 1 for 0.0"}));
}

TEST(JupiterV6Events, ThatTellOfOtherThingsArePassedOver) {
    HandMade made;
    made.call(program::kJupiter, {"a", "alice"}, anchor_bytes(0xe517cb977ae3ad2a).str());
    made.inner(2, program::kJupiter, {"events"}, event_cpi(swap_event()));
    made.inner(2, program::kJupiter, {"events"},  // FeeEvent
               event_cpi(anchor_bytes(0x494f4e7fb8d50ddc).key("a").key("usd").u64(1)));
    EXPECT_EQ(made.swaps().size(), 1U);
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST(JupiterV6Events, WithFewerLegsThanTheySayAreUndecoded) {
    HandMade made;
    made.call(program::kJupiter, {"alice"}, anchor_bytes(0xbb64facc31c4af14).str());
    made.inner(2, program::kJupiter, {"events"},
               event_cpi(anchor_bytes(0x982f4eebc0606e6a).u32(~0U).zeros(80)));
    EXPECT_EQ(made.swaps(), Lines{});
    EXPECT_EQ(made.undecoded(), Lines{"0.0 ends after 84 bytes"});
}

TEST(JupiterV6Legs, AreCountedBesideTheVenuesOwnTrades) {
    HandMade made;
    made.held("vault in", "usd", "p", 0, 10).held("vault out", "coin", "p", 20, 0);
    made.call(program::kJupiter, {"a", "alice"}, anchor_bytes(0xe517cb977ae3ad2a).str());
    made.inner(2, program::kRouter, {}, "route");
    made.inner(3, program::kClmm,
               {"alice", "config", "pool", "source", "destination", "vault in", "vault out"},
               anchor_bytes(0xf8c69e91e17587c8).str());
    made.inner(4, program::kToken, {"source", "vault in", "alice"}, Bytes().u8(3).u64(10).str());
    made.inner(4, program::kToken, {"vault out", "destination", "p"}, Bytes().u8(3).u64(20).str());
    made.inner(2, program::kJupiter, {"events"}, event_cpi(swap_event()));
    EXPECT_EQ(made.swaps(), (Lines{"0.1 raydium_clmm pool: alice gave 10 usd, got 20 coin, fee ? "
                                   "for 0.0",
                                   "0.4 jupiter_v6 ?: alice gave 10 usd, got 20 coin, fee ? at " +
                                       std::string(program::kClmm) + " for 0"}));
}

}  // namespace
}  // namespace indexer::test
