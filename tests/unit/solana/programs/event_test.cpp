#include <gtest/gtest.h>

#include "tests/unit/solana/programs/hand_made.hpp"

// Which call an event tells of.
namespace indexer::test {
namespace {

std::string const route = anchor_bytes(0xe517cb977ae3ad2a).str();

std::string leg(std::uint64_t amount) {
    return event_cpi(anchor_bytes(0x40c6cde8260871e2)
                         .key("amm")
                         .key("in")
                         .u64(amount)
                         .key("out")
                         .u64(amount + 1));
}

std::string swap_line(std::string const& at, std::string const& trader, int amount) {
    return at + " jupiter_v6 ?: " + trader + " gave " + std::to_string(amount) + " in, got " +
           std::to_string(amount + 1) + " out, fee ? at amm";
}

TEST(Event, TellsOfTheCallThatMadeIt) {
    HandMade made;
    made.call(program::kJupiter, {"program", "alice"}, route);
    made.inner(2, "venue", {}, "swap").inner(2, program::kJupiter, {"events"}, leg(1));
    made.call(program::kJupiter, {"program", "bob"}, route);
    made.inner(2, program::kJupiter, {"events"}, leg(3));
    EXPECT_EQ(made.swaps(), (Lines{swap_line("0.1", "alice", 1) + " for 0",
                                   swap_line("1.0", "bob", 3) + " for 1"}));
    EXPECT_EQ(made.undecoded(), Lines{});
}

TEST(Event, TellsOfTheNearestCallWhereHeightsWereNotRecorded) {
    HandMade made;
    made.call("bot", {}, "trade");
    made.inner(0, program::kJupiter, {"program", "alice"}, route);
    made.inner(0, program::kJupiter, {"events"}, leg(1)).inner(0, "venue", {}, "swap");
    made.inner(0, program::kJupiter, {"events"}, leg(3));
    made.inner(0, program::kJupiter, {"program", "bob"}, route);
    made.inner(0, program::kJupiter, {"events"}, leg(5));
    EXPECT_EQ(made.swaps(), (Lines{swap_line("0.1", "alice", 1), swap_line("0.3", "alice", 3),
                                   swap_line("0.5", "bob", 5)}));
    EXPECT_EQ(made.undecoded(), Lines{});
}

// Anybody may call a program with data that looks like its event; its program would refuse that.
TEST(Event, OfAnotherProgramIsNone) {
    HandMade made;
    made.call("another program", {}, route).inner(2, program::kJupiter, {}, leg(1));
    made.call("another program", {}, route).inner(0, program::kJupiter, {}, leg(1));
    made.call(program::kJupiter, {}, leg(1));
    auto const why = std::string(" an event that its program did not call for");
    EXPECT_EQ(made.swaps(), Lines{});
    EXPECT_EQ(made.undecoded(), (Lines{"0.0" + why, "1.0" + why, "2" + why}));
}

TEST(Event, OfOneCallDoesNotStandForAnothers) {
    HandMade made;
    made.call(program::kJupiter, {"program", "alice"}, route);
    made.call(program::kJupiter, {"program", "bob"}, route);
    made.inner(2, program::kJupiter, {"events"}, leg(3));
    EXPECT_EQ(made.swaps(), Lines{swap_line("1.0", "bob", 3) + " for 1"});
    EXPECT_EQ(made.undecoded(), Lines{"0 no event of what it traded"});
}

TEST(Event, ThatEndsEarlyIsUndecodedAlone) {
    auto const whole = leg(1);
    HandMade made;
    made.call(program::kJupiter, {"program", "alice"}, route);
    for (auto size = whole.size(); size-- > 16;) {
        made.inner(2, program::kJupiter, {"events"}, whole.substr(0, size));
    }
    made.inner(2, program::kJupiter, {"events"}, whole);
    EXPECT_EQ(made.swaps().size(), 1U);
    EXPECT_EQ(made.undecoded().size(), whole.size() - 16);
    EXPECT_EQ(made.undecoded().front(), "0.0 ends after 111 bytes");
}

}  // namespace
}  // namespace indexer::test
