#include <string>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "solana/base58.hpp"
#include "solana/base64.hpp"
#include "solana/programs/anchor.hpp"
#include "solana/programs/pump_fun.hpp"
#include "solana/programs/pump_swap.hpp"
#include "solana/programs/raydium_cpmm.hpp"
#include "tests/support/shared_data.hpp"

// Genuine events of 2024 to 2026, of which no whole transaction is at hand: read to the last byte.
namespace indexer::solana {
namespace {

namespace dom = simdjson::dom;

class EventPayloads : public ::testing::Test {
  protected:
    void SetUp() override { INDEXER_REQUIRE_SHARED_DATA(); }

    dom::array load(std::string const& file) {
        return parser_.load((test::shared_data() / "solana/transactions" / file).string());
    }

    dom::parser parser_;
};

// From the discriminator on.
std::string event_of(dom::element row) {
    std::string bytes;
    EXPECT_TRUE(base58::decode(row["eventData"].get_string().value(), bytes));
    return std::string(anchor::event_cpi(bytes));
}

std::string what(dom::element row) {
    return std::string(row["what"].get_string().value());
}

template <class Read>
auto read_whole(std::string const& event, Read read) {
    ByteReader in(anchor::body(event));
    auto const result = read(in);
    EXPECT_EQ(in.rest().size(), 0U);
    return result;
}

TEST_F(EventPayloads, OfPumpOfSeptember2026) {
    std::size_t read = 0;
    for (dom::element const row : load("pump_2026/events_2026-09-22.json")) {
        SCOPED_TRACE(what(row));
        auto const event = event_of(row);
        std::string_view const kind = row["kind"];
        if (kind == "PUMP_TRADE") read_whole(event, read_pump_fun_trade);
        if (kind == "AMM_BUY") read_whole(event, read_pump_swap_buy);
        if (kind == "AMM_SELL") read_whole(event, read_pump_swap_sell);
        ++read;
    }
    EXPECT_EQ(read, 4U);
}

// The first balance is the curve's.
TEST_F(EventPayloads, OfPumpOfAugust2026SayWhatTheCurveLost) {
    std::size_t read = 0;
    for (dom::element const row : load("pump_2026/trade_events_2026-08.json")) {
        SCOPED_TRACE(what(row));
        auto const trade = read_whole(event_of(row), read_pump_fun_trade);
        auto const curve = row["balances"].at(0);
        auto const before = std::stoull(std::string(curve["pre"].get_string().value()));
        auto const after = std::stoull(std::string(curve["post"].get_string().value()));
        EXPECT_EQ(trade.token_amount, trade.is_buy ? before - after : after - before);
        EXPECT_EQ(base58::encode(trade.mint), std::string_view(row["mint"]));
        ++read;
    }
    EXPECT_EQ(read, 3U);
}

CpmmSwapEvent read_cpmm_event(dom::element row, std::size_t size) {
    std::string bytes;
    EXPECT_TRUE(base64::decode(row["program_data"].get_string().value(), bytes));
    EXPECT_EQ(bytes.size(), size);
    auto const event = read_whole(bytes, read_cpmm_swap);
    EXPECT_EQ(event.trade_fee.has_value(), size == 170);
    return event;
}

TEST_F(EventPayloads, OfRaydiumCpmmOf2024To2026) {
    auto const rows = load("cpmm/cpmm_events.json");
    std::size_t hops = 0;
    for (dom::element const swap : dom::array(rows.at(0)["swaps"])) {
        auto const event = read_cpmm_event(swap, 170);
        EXPECT_EQ(base58::encode(event.pool), std::string_view(swap["accounts"].at(3)));
        ++hops;
    }
    EXPECT_EQ(hops, 2U);
    read_cpmm_event(rows.at(1), 89);
    read_cpmm_event(rows.at(2), 170);
}

}  // namespace
}  // namespace indexer::solana
