#include <csignal>

#include <curl/curl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/simulator/history/chain.hpp"
#include "tests/simulator/tests/running_simulator.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::simulator {
namespace {

bool has(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

TEST(Server, SaysTheSameInEveryProcess) {
    std::vector<std::string> const arguments{"--seed", "9", "--first-slot", "250000000"};
    RunningSimulator one(arguments);
    RunningSimulator other(arguments);
    for (std::uint64_t slot = 250'000'000; slot < 250'000'020; ++slot) {
        ASSERT_EQ(one.block(slot), other.block(slot));
    }
    EXPECT_NE(RunningSimulator({"--first-slot", "250000000"}).block(250'000'001),
              one.block(250'000'001));
}

TEST(Server, KeepsConnectionsOpen) {
    RunningSimulator simulator({});
    for (int i = 0; i < 20; ++i) simulator.call("getSlot");
    EXPECT_TRUE(has(simulator.get("/control/stats").body, R"("connections":1,)"));
}

TEST(Server, CompressesOnlyForThoseWhoAcceptIt) {
    RunningSimulator simulator({"--gzip", "--distinct-blocks", "3"});
    for (std::uint64_t slot = 1'000; slot < 1'100; ++slot) {
        auto const params = fmt::format(R"([{},{{"maxSupportedTransactionVersion":1}}])", slot);
        auto const plain = simulator.try_call("getBlock", params);
        auto const packed = simulator.try_call("getBlock", params, "gzip");
        ASSERT_FALSE(has(plain.headers, "Content-Encoding"));
        ASSERT_TRUE(has(packed.headers, "Content-Encoding: gzip"));
        ASSERT_EQ(packed.curl, CURLE_OK);
        ASSERT_EQ(plain.body, packed.body);
    }
    RunningSimulator without({});
    EXPECT_FALSE(has(without.try_call("getSlot", "[]", "gzip, br").headers, "Content-Encoding"));
}

TEST(Server, CompressesBlocksWell) {
    RunningSimulator simulator({"--gzip", "--transactions", "500"});
    auto const plain = simulator.block(1'000).size();
    simulator.decodes = false;
    std::string const params = R"([1000,{"maxSupportedTransactionVersion":1}])";
    auto const packed = simulator.try_call("getBlock", params, "gzip").body.size();
    EXPECT_LT(packed * 3, plain);
}

TEST(Server, TakesTheTimeItIsToldTo) {
    RunningSimulator simulator({"--latency", "150ms"});
    EXPECT_GE(simulator.try_call("getSlot").seconds, 0.15);
}

TEST(Server, MovesTheTip) {
    RunningSimulator still({"--skip-rate", "0", "--tip", "1100"});
    EXPECT_TRUE(has(still.call("getSlot"), "1100"));
    EXPECT_TRUE(has(still.block(1'101), "-32004"));
    still.post("/control/tip", "1200");
    EXPECT_TRUE(has(still.call("getSlot"), "1200"));
    EXPECT_TRUE(has(still.block(1'101), "blockhash"));

    RunningSimulator moving({"--skip-rate", "0", "--tip", "1000", "--slot-interval", "1ms"});
    while (has(moving.call("getSlot"), R"("result":1000,)")) {
    }
    EXPECT_TRUE(has(moving.block(1'001), "blockhash"));
}

TEST(Server, ForgetsOldBlocks) {
    RunningSimulator simulator({"--skip-rate", "0", "--first-available", "1010"});
    EXPECT_TRUE(has(simulator.block(1'009), "-32001"));
    EXPECT_TRUE(has(simulator.call("getBlocks", "[1005,1011]"), "[1010,1011]"));
    simulator.post("/control/first-available", "1020");
    EXPECT_TRUE(has(simulator.block(1'010), "-32001"));
}

TEST(Server, LimitsTheRate) {
    RunningSimulator simulator({"--limit-rps", "5"});
    int limited = 0;
    for (int i = 0; i < 20; ++i) limited += simulator.try_call("getSlot").status == 429 ? 1 : 0;
    EXPECT_GE(limited, 10);
    EXPECT_LE(limited, 15);
}

TEST(Server, EndsOnASignalThoughAClientHangs) {
    RunningSimulator simulator({"--fault", "hang"});
    simulator.patience = std::chrono::milliseconds(200);
    EXPECT_EQ(simulator.try_call("getSlot").curl, CURLE_OPERATION_TIMEDOUT);
    EXPECT_EQ(simulator.stop(), 0);
}

TEST(Server, TellsWhatThereIsToFind) {
    RunningSimulator simulator({"--seed", "7"});
    Chain const chain({.seed = 7, .skip_rate = 0.05});
    auto const whole = simulator.get("/control/expected?first=1000&last=1063").body;
    int blocks = 0;
    for (Slot slot = 1'000; slot <= 1'063; ++slot) blocks += chain.has(slot) ? 1 : 0;
    EXPECT_TRUE(has(whole, fmt::format(R"({{"blocks":{},"skipped":{},)", blocks, 64 - blocks)));
    EXPECT_TRUE(has(whole, R"("first_hash":")" + chain.hash(1'000) + '"'));
    EXPECT_TRUE(has(whole, R"("last_hash":")" + chain.hash(chain.at_or_before(1'063)) + '"'));
    EXPECT_EQ(simulator.get("/control/expected?first=1000").status, 400);
    EXPECT_EQ(simulator.get("/control/expected?first=1000&last=999").status, 400);
}

TEST(Recorded, CountsWhatTheFilesHold) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const folder = test::shared_data() / "solana" / "blocks";
    RunningSimulator simulator({"--recorded", folder.string()});
    EXPECT_TRUE(has(simulator.get("/control/expected?first=332254855&last=332254855").body,
                    R"("transactions":1445,"votes":1085,"failed":262,)"));
}

TEST(Recorded, ServesResultsByteForByte) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const folder = test::shared_data() / "solana" / "blocks";
    RunningSimulator simulator({"--recorded", folder.string()});
    std::string const key = R"("result":)";
    for (std::uint64_t const slot : {18'144'001U, 64'800'004U, 254'170'887U, 332'254'855U}) {
        auto const file = test::read_file(folder / ("block_" + std::to_string(slot) + ".json"));
        auto const result = file.substr(file.find(key) + key.size());
        auto const served = simulator.block(slot);
        ASSERT_EQ(served.substr(0, 25), R"({"jsonrpc":"2.0","result")");
        ASSERT_EQ(served.compare(served.find(key) + key.size(), result.size() - 1, result, 0,
                                 result.size() - 1),
                  0);
        ASSERT_EQ(served.substr(served.size() - 8), R"(,"id":1})");
    }
    EXPECT_TRUE(has(simulator.call("getBlocks", "[254000000,254200000]"), "[254170887]"));
    EXPECT_TRUE(has(simulator.call("getSlot"), "449391489"));
    EXPECT_TRUE(has(simulator.block(254'170'888), "-32007"));
}

}  // namespace
}  // namespace indexer::simulator
