#include <algorithm>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/simulator/history/chain.hpp"
#include "tests/simulator/server/fault_rule.hpp"
#include "tests/simulator/tests/running_simulator.hpp"

namespace indexer::simulator {
namespace {

bool has(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

// A chain without skipped slots, and faults one after the other.
class FaultsOverHttp : public ::testing::Test {
  protected:
    void order(std::string const& rules) {
        ASSERT_EQ(simulator_.post("/control/faults", rules).status, 200);
    }
    HttpAnswer ask() { return simulator_.try_call("getSlot"); }
    HttpAnswer ask_within(std::chrono::milliseconds patience) {
        auto const usual = std::exchange(simulator_.patience, patience);
        auto answer = ask();
        simulator_.patience = usual;
        return answer;
    }

    RunningSimulator simulator_{{"--skip-rate", "0", "--transactions", "5"}};
};

TEST_F(FaultsOverHttp, Limit) {
    order("429");
    EXPECT_EQ(ask().status, 429);
    EXPECT_TRUE(has(ask().body, R"("error":{"code":429,"message":"Too many)"));
    EXPECT_FALSE(has(ask().headers, "Retry-After"));
    order("429:retry-after=2");
    EXPECT_TRUE(has(ask().headers, "Retry-After: 2"));
    order("429-plain");
    EXPECT_EQ(ask().body, "Too Many Requests");
    EXPECT_EQ(ask().status, 429);
    order("429-in-body");
    EXPECT_EQ(ask().status, 200);
    EXPECT_TRUE(has(ask().body, R"("code":429)"));
    order("429-as-skip");
    EXPECT_TRUE(has(ask().body, R"("code":-32007,"message":"50/second request limit)"));
}

TEST_F(FaultsOverHttp, FailWithAStatus) {
    for (long const status : {403, 500, 502, 503, 504}) {
        order(std::to_string(status));
        EXPECT_EQ(ask().status, status);
        EXPECT_TRUE(has(ask().body, "<html>"));
    }
}

TEST_F(FaultsOverHttp, BreakOff) {
    order("reset");
    EXPECT_EQ(ask().curl, CURLE_RECV_ERROR);
    order("cut");
    EXPECT_EQ(ask().curl, CURLE_PARTIAL_FILE);
}

TEST_F(FaultsOverHttp, NeverEnd) {
    order("hang");
    auto const hung = ask_within(std::chrono::seconds(1));
    EXPECT_EQ(hung.curl, CURLE_OPERATION_TIMEDOUT);
    EXPECT_FALSE(hung.body.empty());
    order("trickle");
    auto const trickled = ask_within(std::chrono::milliseconds(500));
    EXPECT_EQ(trickled.curl, CURLE_OPERATION_TIMEDOUT);
    EXPECT_GT(trickled.body.size(), 4U);
    order("endless");
    auto const endless = ask();
    EXPECT_EQ(endless.curl, CURLE_WRITE_ERROR) << "the client had enough";
    EXPECT_GT(endless.body.size(), 30U << 20U);
}

TEST_F(FaultsOverHttp, SpoilTheBody) {
    auto const whole = ask().body;
    order("truncated");
    auto const truncated = ask();
    EXPECT_EQ(truncated.curl, CURLE_OK);
    EXPECT_EQ(truncated.body, whole.substr(0, whole.size() * 2 / 3));
    order("html");
    EXPECT_TRUE(has(ask().headers, "text/html"));
    order("empty");
    EXPECT_EQ(ask().body, "");
    EXPECT_EQ(ask().status, 200);
    order("wrong-id");
    EXPECT_TRUE(has(ask().body, R"("id":424242)"));
}

TEST_F(FaultsOverHttp, AreSlow) {
    order("slow:ms=120");
    EXPECT_GE(ask().seconds, 0.12);
}

TEST_F(FaultsOverHttp, LieAboutBlocks) {
    order("null-block");
    EXPECT_EQ(simulator_.block(1'000), R"({"jsonrpc":"2.0","result":null,"id":1})");
    order("skip-lie");
    EXPECT_TRUE(has(simulator_.block(1'000), R"("code":-32007,"message":"Slot 1000 was skipped, )"
                                             "or missing due to ledger jump"));
    order("skip-lie:code=-32009");
    EXPECT_TRUE(has(simulator_.block(1'000), "or missing in long-term storage"));
    order("long-term");
    EXPECT_TRUE(has(simulator_.block(1'000), "-32019"));
    order("behind:by=7");
    EXPECT_TRUE(has(simulator_.block(1'000), R"("data":{"numSlotsBehind":7})"));
    EXPECT_TRUE(has(simulator_.call("getHealth"), "-32005"));
}

TEST_F(FaultsOverHttp, HoldABlockBackForAWhile) {
    order("unavailable:slots=1000-1001,each=2");
    EXPECT_TRUE(has(simulator_.block(1'000), "-32004"));
    EXPECT_TRUE(has(simulator_.block(1'001), "-32004"));
    EXPECT_TRUE(has(simulator_.block(1'000), "-32004"));
    EXPECT_TRUE(has(simulator_.block(1'000), "blockhash"));
    EXPECT_TRUE(has(simulator_.block(1'001), "-32004"));
    EXPECT_TRUE(has(simulator_.block(1'002), "blockhash"));
}

TEST_F(FaultsOverHttp, OmitSlotsFromLists) {
    order("omit:slots=1001-1002");
    EXPECT_TRUE(has(simulator_.call("getBlocks", "[1000,1004]"), "[1000,1003,1004]"));
    EXPECT_TRUE(has(simulator_.call("getBlocksWithLimit", "[1000,2]"), "[1000,1003]"));
    EXPECT_TRUE(has(simulator_.block(1'001), "blockhash"));
}

TEST_F(FaultsOverHttp, ServeAnotherFork) {
    Chain const chain({.seed = 1, .skip_rate = 0});
    order("bad-link:slots=1001");
    auto const block = simulator_.block(1'001);
    EXPECT_TRUE(has(block, chain.hash(1'001, 1)));
    EXPECT_FALSE(has(block, chain.hash(1'000)));
    EXPECT_TRUE(has(simulator_.block(1'002), chain.hash(1'001)));
}

TEST_F(FaultsOverHttp, SetTheTipBack) {
    order("tip-back:by=100");
    EXPECT_TRUE(has(simulator_.call("getSlot"), "1899"));
    EXPECT_TRUE(has(simulator_.block(1'900), "-32004"));
}

TEST_F(FaultsOverHttp, TellATipOfTheirOwn) {
    order("tip-told:as=7,count=1");
    EXPECT_TRUE(has(simulator_.call("getSlot"), "\"result\":7,"));
    EXPECT_TRUE(has(simulator_.call("getSlot"), "1999"));
}

TEST_F(FaultsOverHttp, StrikeTheCallsTheyAreMeantFor) {
    order("500:method=getSlot,from=1,count=2");
    std::vector<long> statuses;
    for (int i = 0; i < 5; ++i) {
        statuses.push_back(ask().status);
        EXPECT_EQ(simulator_.try_call("getHealth").status, 200);
    }
    EXPECT_EQ(statuses, (std::vector<long>{200, 500, 500, 200, 200}));
}

TEST_F(FaultsOverHttp, StrikeTheSameCallsWhateverTheOrder) {
    std::vector<bool> forwards;
    std::vector<bool> backwards;
    order("unavailable:rate=0.5");
    for (Slot slot = 1'000; slot < 1'040; ++slot) {
        forwards.push_back(has(simulator_.block(slot), "-32004"));
    }
    order("unavailable:rate=0.5");
    for (Slot slot = 1'040; slot-- > 1'000;) {
        backwards.push_back(has(simulator_.block(slot), "-32004"));
    }
    std::reverse(backwards.begin(), backwards.end());
    EXPECT_EQ(forwards, backwards);
    EXPECT_NEAR(static_cast<double>(std::count(forwards.begin(), forwards.end(), true)), 20, 10);
}

TEST_F(FaultsOverHttp, AreCounted) {
    order("500:count=2\nwrong-id");
    for (int i = 0; i < 3; ++i) ask();
    simulator_.block(1'000);
    auto const stats = simulator_.get("/control/stats").body;
    EXPECT_TRUE(has(stats, R"("faults":{"500":2,"wrong-id":4})"));
    EXPECT_TRUE(has(stats, R"("methods":{"getBlock":1,"getSlot":3})"));
    EXPECT_TRUE(has(stats, R"("blocks_asked_for":1,"most_calls_for_a_block":1)"));
}

TEST_F(FaultsOverHttp, KeepTheRulesWhenNewOnesMakeNoSense) {
    order("403");
    auto const refused = simulator_.post("/control/faults", "no-such-thing");
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.body, "fault: no such name: no-such-thing");
    EXPECT_EQ(ask().status, 403);
    order("");
    EXPECT_EQ(ask().status, 200);
}

TEST(FaultRule, RejectsWhatItDoesNotUnderstand) {
    for (std::string const text : {"", "nope", "reset:by=1", "500:rate=x", "500:slots=5-",
                                   "500:rate", "500:within=2", "429:retry-after="}) {
        EXPECT_THROW((void)FaultRule::parse(text), base::Error) << text;
    }
}

TEST(FaultRule, ReadsEveryKey) {
    auto const rule = FaultRule::parse(
        "skip-lie:rate=0.2,from=3,count=5,each=2,slots=10-20,method=getBlock,within=2s,code=-"
        "32009");
    EXPECT_DOUBLE_EQ(rule.rate, 0.2);
    EXPECT_EQ(rule.from, 3U);
    EXPECT_EQ(rule.count, 5U);
    EXPECT_EQ(rule.each, 2U);
    EXPECT_TRUE(rule.slots->contains(20));
    EXPECT_FALSE(rule.slots->contains(21));
    EXPECT_EQ(rule.method, "getBlock");
    EXPECT_EQ(*rule.within, std::chrono::seconds(2));
    EXPECT_EQ(rule.value, -32009);
}

}  // namespace
}  // namespace indexer::simulator
