#include "solana/programs/pump_fun.hpp"

#include <gtest/gtest.h>

#include "tests/unit/solana/programs/hand_made.hpp"

namespace indexer::test {
namespace {

constexpr std::uint64_t kBuy = 0x66063d1201daebea;
Names const accounts{"account 0", "account 1", "account 2", "curve",     "account 4", "account 5",
                     "account 6", "account 7", "account 8", "account 9", "curve v2"};

// The event as it grew, up to a year's last field; sizes are of the whole inner instruction.
enum Age {
    age_121,
    age_137,
    age_233,
    age_266,
    age_named,
    age_cashback,
    age_buyback,
    age_quote,
    age_rewards
};

Bytes trade_event(bool buys, Age age, std::string_view quote = "") {
    auto event = anchor_bytes(0xbddb7fd34ee661ee);
    event.key("coin").u64(100).u64(7).u8(buys ? 1 : 0).key("alice").zeros(8 * 3);
    if (age >= age_137) event.zeros(8 * 2);
    if (age >= age_233) event.key("fees").u64(95).u64(2).key("creator").u64(5).u64(1);
    if (age >= age_266) event.zeros(1 + 8 * 4);
    if (age >= age_named) event.text(buys ? "buy" : "sell").u8(0);
    if (age >= age_cashback) event.u64(30).u64(4);
    if (age >= age_buyback) event.u64(5'000).u64(1).u32(1).key("holder").u16(100);
    if (age >= age_quote) event.key(quote).u64(55).zeros(8 * 2);
    if (age >= age_rewards) event.zeros(8 * 2);
    return event;
}

// Cashback is a fee as well; buyback is a part of one.
std::string fees_of(Age age) {
    if (age >= age_cashback) return "7 SOL";
    return age >= age_233 ? "3 SOL" : "?";
}

void trade(HandMade& made, std::uint64_t instruction, Bytes const& event) {
    made.call(program::kPumpFun, accounts, anchor_bytes(instruction).u64(7).u64(100).str());
    made.inner(2, program::kPumpFun, {"events"}, event_cpi(event));
}

TEST(PumpFun, ReadsEventsOfEveryLength) {
    EXPECT_EQ(trade_event(true, age_121).size() + 8, 121U);
    EXPECT_EQ(trade_event(true, age_137).size() + 8, 137U);
    EXPECT_EQ(trade_event(true, age_233).size() + 8, 233U);
    EXPECT_EQ(trade_event(true, age_266).size() + 8, 266U);
    EXPECT_EQ(trade_event(true, age_rewards).size() + 8, 382U + 34);  // and a shareholder
    for (int age = age_121; age <= age_rewards; ++age) {
        HandMade made;
        trade(made, kBuy, trade_event(true, Age(age)));
        trade(made, 0x33e685a4017f83ad, trade_event(false, Age(age)));
        EXPECT_EQ(
            made.swaps(),
            (Lines{"0.0 pump_fun curve: alice gave 100 SOL, got 7 coin, fee " + fees_of(Age(age)),
                   "1.0 pump_fun curve: alice gave 7 coin, got 100 SOL, fee " + fees_of(Age(age))}))
            << age;
        EXPECT_EQ(made.undecoded(), Lines{}) << age;
    }
}

TEST(PumpFun, LeavesNoByteUnread) {
    for (auto const age : {age_121, age_137, age_233, age_quote, age_rewards}) {
        auto const bytes = trade_event(true, age).append("grown").str();
        solana::ByteReader in(std::string_view(bytes).substr(8));
        static_cast<void>(solana::read_pump_fun_trade(in));
        EXPECT_EQ(in.rest(), "grown") << age;
    }
}

TEST(PumpFun, FindsTheCurveOfEveryInstruction) {
    std::vector<std::pair<std::uint64_t, std::string>> const instructions{
        {kBuy, "curve"},
        {0x33e685a4017f83ad, "curve"},
        {0x38fc74089edfcd5f, "curve"},
        {0xb817ee6167c5d33d, "curve v2"},
        {0x5df6823ce7e940b2, "curve v2"},
        {0xc2ab1c46684d5b2f, "curve v2"},
        {0x0102030405060708, "?"}};  // one that came later
    for (auto const& [instruction, curve] : instructions) {
        HandMade made;
        trade(made, instruction, trade_event(true, age_rewards));
        EXPECT_EQ(made.swaps(),
                  Lines{"0.0 pump_fun " + curve + ": alice gave 100 SOL, got 7 coin, fee 7 SOL"});
    }
}

TEST(PumpFun, TradesForOtherTokensThanSol) {
    HandMade made;
    trade(made, 0xb817ee6167c5d33d, trade_event(true, age_quote, "usd"));
    trade(made, 0x5df6823ce7e940b2, trade_event(false, age_rewards, "usd"));
    EXPECT_EQ(made.swaps(),
              (Lines{"0.0 pump_fun curve v2: alice gave 55 usd, got 7 coin, fee 7 usd",
                     "1.0 pump_fun curve v2: alice gave 7 coin, got 55 usd, fee 7 "
                     "usd"}));
}

TEST(PumpFun, SaysWhatItCannotDecode) {
    HandMade made;
    made.call(program::kPumpFun, {"account 0"}, anchor_bytes(kBuy).str());
    made.inner(2, program::kPumpFun, {"events"}, event_cpi(trade_event(true, age_137)));
    trade(made, kBuy, anchor_bytes(0xbddb7fd34ee661ee).zeros(96));
    auto long_name = trade_event(true, age_266);
    trade(made, kBuy, long_name.u32(~0U));
    EXPECT_EQ(made.swaps(), Lines{});
    EXPECT_EQ(made.undecoded(),
              (Lines{"0.0 has 1 accounts", "1.0 ends after 96 bytes", "2.0 ends after 254 bytes"}));
}

}  // namespace
}  // namespace indexer::test
