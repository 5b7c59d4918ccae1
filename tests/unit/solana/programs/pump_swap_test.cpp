#include "solana/programs/pump_swap.hpp"

#include <gtest/gtest.h>

#include "tests/unit/solana/programs/hand_made.hpp"

namespace indexer::test {
namespace {

constexpr std::uint64_t kBuy = 0x66063d1201daebea;
constexpr std::uint64_t kSell = 0x33e685a4017f83ad;

// What both events begin with, and how both end since 2026. Sizes are of the inner instruction.
Bytes begin(std::uint64_t event, std::string_view pool) {
    auto bytes = anchor_bytes(event);
    bytes.u64(1).u64(7).zeros(8 * 5).u64(88).u64(20).u64(2).u64(5).u64(3).u64(90).u64(100);
    return bytes.key(pool).key("alice").zeros(32 * 4);
}

Bytes& creator(Bytes& event) {
    return event.key("creator").u64(5).u64(4);
}

// Cashback is a fee as well; buyback is a part of one.
Bytes& end(Bytes& event) {
    return event.u64(30).u64(6).u64(5'000).u64(1).zeros(16 + 1 + 8 + 8 * 2);
}

std::string fees_of(Bytes const& event, std::size_t with_cashback) {
    if (event.size() >= with_cashback) return "15 SOL";
    return event.size() > 320 ? "9 SOL" : "5 SOL";
}

std::vector<Bytes> buy_events(std::string_view pool = "pool") {
    std::vector<Bytes> events{begin(0x67f4521f2cf57777, pool)};
    auto const grow = [&](auto const& add) {
        auto event = events.back();
        add(event);
        events.push_back(event);
    };
    grow([](Bytes& event) { creator(event); });
    grow([](Bytes& event) { event.zeros(1 + 8 * 4); });
    grow([](Bytes& event) { event.u64(6).text("buy"); });
    grow([](Bytes& event) { end(event); });
    return events;
}

std::vector<Bytes> sell_events() {
    auto const oldest = begin(0x3e2f370aa503dc2a, "pool");
    auto middle = oldest;
    creator(middle);
    auto newest = middle;
    return {oldest, middle, end(newest)};
}

std::vector<std::size_t> sizes(std::vector<Bytes> const& events) {
    std::vector<std::size_t> sizes;
    for (auto const& event : events) sizes.push_back(event.size() + 8);
    return sizes;
}

void trade(HandMade& made, std::uint64_t instruction, Bytes const& event,
           std::string_view base = "coin", std::string_view quote = program::kWrappedSol) {
    made.call(program::kPumpSwap, {"pool", "alice", "config", base, quote},
              anchor_bytes(instruction).u64(7).u64(100).str());
    made.inner(2, program::kPumpSwap, {"events"}, event_cpi(event));
}

TEST(PumpSwap, ReadsBuysOfEveryLength) {
    auto const events = buy_events();
    EXPECT_EQ(sizes(events), (std::vector<std::size_t>{320, 368, 401, 416, 489}));
    for (auto const& event : events) {
        HandMade made;
        trade(made, kBuy, event);
        EXPECT_EQ(made.swaps(), Lines{"0.0 pump_swap pool: alice gave 100 SOL, got 7 coin, fee " +
                                      fees_of(event, 480)});
        EXPECT_EQ(made.undecoded(), Lines{});
    }
}

TEST(PumpSwap, ReadsSalesOfEveryLength) {
    auto const events = sell_events();
    EXPECT_EQ(sizes(events), (std::vector<std::size_t>{320, 368, 441}));
    for (auto const& event : events) {
        HandMade made;
        trade(made, kSell, event);
        EXPECT_EQ(made.swaps(), Lines{"0.0 pump_swap pool: alice gave 7 coin, got 100 SOL, fee " +
                                      fees_of(event, 430)});
        EXPECT_EQ(made.undecoded(), Lines{});
    }
}

TEST(PumpSwap, LeavesNoByteUnread) {
    for (auto const& event : buy_events()) {
        solana::ByteReader in(std::string_view(event.str()).substr(8));
        static_cast<void>(solana::read_pump_swap_buy(in));
        EXPECT_EQ(in.rest(), "") << event.size();
    }
    for (auto const& event : sell_events()) {
        solana::ByteReader in(std::string_view(event.str()).substr(8));
        static_cast<void>(solana::read_pump_swap_sell(in));
        EXPECT_EQ(in.rest(), "") << event.size();
    }
}

TEST(PumpSwap, IgnoresWhatWillBeAppended) {
    HandMade made;
    trade(made, kBuy, buy_events().back().append("later fields"));
    trade(made, kSell, sell_events().back().append("later fields"));
    EXPECT_EQ(made.swaps().size(), 2U);
    EXPECT_EQ(made.undecoded(), Lines{});
}

// A purchase is of the base token, which may be SOL.
TEST(PumpSwap, BuysSolWhereThatIsTheBase) {
    HandMade made;
    trade(made, 0xc62e1552b4d9e870, buy_events().back(), program::kWrappedSol, "coin");
    EXPECT_EQ(made.swaps(),
              Lines{"0.0 pump_swap pool: alice gave 100 coin, got 7 SOL, fee 15 coin"});
}

TEST(PumpSwap, SaysWhatDoesNotFit) {
    HandMade made;
    trade(made, kBuy, buy_events("another pool").back());
    trade(made, kBuy, anchor_bytes(0x67f4521f2cf57777).zeros(100));
    EXPECT_EQ(made.swaps(), Lines{});
    EXPECT_EQ(made.undecoded(), (Lines{"0.0 an event of another pool than its instruction's",
                                       "1.0 ends after 100 bytes"}));
}

}  // namespace
}  // namespace indexer::test
