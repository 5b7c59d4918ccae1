#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/simulator/history/chain.hpp"
#include "tests/simulator/tests/running_simulator.hpp"

namespace indexer::simulator {
namespace {

std::string result(std::string const& json) {
    return R"({"jsonrpc":"2.0","result":)" + json + R"(,"id":1})";
}

std::string error(int code, std::string const& message) {
    return fmt::format(R"({{"jsonrpc":"2.0","error":{{"code":{},"message":"{}"}},"id":1}})", code,
                       message);
}

bool has(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

// Slots 1000 to 1999 of seed 7, most of them with a block.
class Methods : public ::testing::Test {
  protected:
    [[nodiscard]] Slot skipped() const {
        Slot slot = 1'001;
        while (chain_.has(slot)) ++slot;
        return slot;
    }

    Chain chain_{{.seed = 7, .skip_rate = 0.05}};
    RunningSimulator simulator_{{"--seed", "7", "--transactions", "3"}};
};

TEST_F(Methods, AnswerWithTheIdAsItWasSent) {
    auto const answer =
        simulator_.post("/", R"({"jsonrpc":"2.0","id":"a-1","method":"getHealth"})");
    EXPECT_EQ(answer.body, R"({"jsonrpc":"2.0","result":"ok","id":"a-1"})");
    EXPECT_TRUE(has(answer.headers, "application/json; charset=utf-8"));
}

TEST_F(Methods, AnswerBatchesInOneArray) {
    auto const answer = simulator_.post(
        "/",
        R"([{"jsonrpc":"2.0","id":1,"method":"getHealth"},{"jsonrpc":"2.0","id":2,"method":"x"}])");
    EXPECT_EQ(answer.body,
              R"([{"jsonrpc":"2.0","result":"ok","id":1},)"
              R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":2}])");
}

TEST_F(Methods, RefuseWhatIsNoCall) {
    EXPECT_TRUE(has(simulator_.post("/", "{").body, "-32700"));
    EXPECT_TRUE(has(simulator_.post("/", "{}").body, "-32600"));
    EXPECT_EQ(simulator_.get("/elsewhere").status, 404);
}

TEST_F(Methods, TellTheTipAndTheStart) {
    EXPECT_EQ(simulator_.call("getSlot"), result("1999"));
    EXPECT_EQ(simulator_.call("getFirstAvailableBlock"), result("1000"));
    EXPECT_EQ(simulator_.call("getBlockHeight"), result(std::to_string(chain_.height(1'999))));
}

TEST_F(Methods, ListTheSlotsThatHaveABlock) {
    std::string expected;
    for (Slot slot = 1'000; slot <= 1'100; ++slot) {
        if (chain_.has(slot)) expected += fmt::format(",{}", slot);
    }
    expected[0] = '[';
    EXPECT_EQ(simulator_.call("getBlocks", "[1000,1100]"), result(expected + "]"));
}

TEST_F(Methods, BoundRangesAsAgaveDoes) {
    EXPECT_EQ(simulator_.call("getBlocks", "[1998,5000]"), result("[1998,1999]"));
    EXPECT_EQ(simulator_.call("getBlocks", "[1500,1400]"), result("[]"));
    EXPECT_EQ(simulator_.call("getBlocksWithLimit", "[1000,2]"), result("[1000,1001]"));
    EXPECT_EQ(simulator_.call("getBlocksWithLimit", "[1000,0]"), result("[]"));
    EXPECT_EQ(simulator_.call("getBlocksWithLimit", "[1000,500001]"),
              error(-32602, "Limit too large; max 500000"));
    EXPECT_EQ(simulator_.call("getBlocks", R"([1000,1001,{"commitment":"processed"}])"),
              error(-32602, "Method does not support commitment below `confirmed`"));
}

TEST_F(Methods, SayWhyThereIsNoBlock) {
    auto const slot = skipped();
    EXPECT_EQ(simulator_.block(slot),
              error(-32007, fmt::format("Slot {} was skipped, or missing due to ledger jump to "
                                        "recent snapshot",
                                        slot)));
    EXPECT_EQ(simulator_.block(2'000), error(-32004, "Block not available for slot 2000"));
    EXPECT_EQ(simulator_.block(5), error(-32001,
                                         "Block 5 cleaned up, does not exist on node. First "
                                         "available block: 1000"));
}

TEST_F(Methods, ShowABlockAsMuchAsAskedFor) {
    auto const ask = [&](std::string const& config) {
        return simulator_.call("getBlock", "[1000,{" + config + "}]");
    };
    auto const links = chain_.links(1'000);
    auto const bare = ask(R"("transactionDetails":"none","rewards":false)");
    EXPECT_EQ(bare, result(fmt::format(R"({{"blockHeight":{},"blockTime":{},"blockhash":"{}",)"
                                       R"("parentSlot":{},"previousBlockhash":"{}"}})",
                                       links.height, links.time, links.hash, links.parent,
                                       links.parent_hash)));
    auto const signatures = ask(R"("transactionDetails":"signatures")");
    EXPECT_TRUE(has(signatures, R"("signatures":[")"));
    EXPECT_TRUE(has(signatures, R"("rewards":[{)"));
    EXPECT_FALSE(has(signatures, R"("transactions")"));
    auto const full = ask(R"("maxSupportedTransactionVersion":1)");
    EXPECT_TRUE(has(full, R"("version":)"));
    EXPECT_TRUE(has(full, R"("preTokenBalances")"));
}

TEST_F(Methods, RefuseBlocksWithVersionsTheCallerDoesNotKnow) {
    RunningSimulator modern({"--seed", "7", "--vote-rate", "0", "--version-1-rate", "1"});
    EXPECT_TRUE(has(modern.call("getBlock", R"([1000,{"maxSupportedTransactionVersion":0}])"),
                    R"("code":-32015,"message":"Transaction version (1) is not supported)"));
    EXPECT_TRUE(has(modern.block(1'000), R"("transactionConfig":{"computeUnitLimit":)"));
    EXPECT_TRUE(
        has(modern.call("getBlock", R"([1000,{"maxSupportedTransactionVersion":"1"}])"), "-32602"));
}

TEST_F(Methods, TellTheTimeOfABlock) {
    EXPECT_EQ(simulator_.call("getBlockTime", "[1000]"),
              result(std::to_string(chain_.time(1'000))));
}

}  // namespace
}  // namespace indexer::simulator
