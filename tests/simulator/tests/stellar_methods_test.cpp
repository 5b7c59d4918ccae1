#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include "tests/simulator/tests/running_simulator.hpp"

namespace indexer::simulator {
namespace {

namespace dom = simdjson::dom;

// What a client reads of a page.
struct Page {
    std::vector<std::string> ids;  // of events, or hashes of ledgers
    std::string cursor;
};

bool has(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

Page page_of(std::string const& body, char const* list, char const* id) {
    dom::parser parser;
    dom::element const result = parser.parse(body)["result"];
    Page page;
    for (dom::element const element : result[list].get_array()) {
        page.ids.emplace_back(element[id].get_string().value());
    }
    page.cursor = result["cursor"].get_string().value();
    return page;
}

// Ledgers 1000 to 1199 of seed 7.
class StellarMethods : public ::testing::Test {
  protected:
    Page events(std::string const& params) {
        return page_of(node_.call("getEvents", params), "events", "id");
    }

    RunningSimulator node_{
        {"--chain", "stellar", "--seed", "7", "--ledgers", "200", "--transactions", "4"}};
};

TEST_F(StellarMethods, TellOfTheNode) {
    EXPECT_TRUE(has(node_.call("getHealth", "{}"), R"("latestLedger":1199)"));
    EXPECT_TRUE(has(node_.call("getNetwork", "{}"), "Public Global Stellar Network"));
    EXPECT_TRUE(has(node_.call("getLatestLedger", "{}"), R"("sequence":1199)"));
    EXPECT_TRUE(has(node_.call("getHealth", "[]"), "-32602"));
    EXPECT_TRUE(has(node_.call("getSlot", "{}"), "-32601"));
}

TEST_F(StellarMethods, PageThroughAllLedgers) {
    std::vector<std::string> hashes;
    std::string params = R"({"startLedger":1000,"pagination":{"limit":70}})";
    for (int i = 0; i < 3; ++i) {
        auto const page = page_of(node_.call("getLedgers", params), "ledgers", "hash");
        hashes.insert(hashes.end(), page.ids.begin(), page.ids.end());
        params = fmt::format(R"({{"pagination":{{"cursor":"{}","limit":70}}}})", page.cursor);
    }
    EXPECT_EQ(std::set(hashes.begin(), hashes.end()).size(), 200U);
    EXPECT_TRUE(has(node_.call("getLedgers", params),
                    "cursor ('1199') must be between the oldest ledger: 1000 and the latest "
                    "ledger: 1199"));
}

TEST_F(StellarMethods, PageThroughAllEventsWhateverThePage) {
    auto const all = events(R"({"startLedger":1000,"pagination":{"limit":10000}})");
    ASSERT_GT(all.ids.size(), 500U);
    std::vector<std::string> pieced;
    auto page = events(R"({"startLedger":1000,"pagination":{"limit":37}})");
    while (!page.ids.empty()) {
        pieced.insert(pieced.end(), page.ids.begin(), page.ids.end());
        page = events(fmt::format(R"({{"pagination":{{"cursor":"{}","limit":37}}}})", page.cursor));
    }
    EXPECT_EQ(pieced, all.ids);
}

TEST_F(StellarMethods, AnEmptyPageStillMovesTheCursor) {
    auto const none = events(
        R"({"startLedger":1000,"endLedger":1050,"filters":[{"topics":[["AAAADwAAAAR4eHh4"]]}]})");
    EXPECT_TRUE(none.ids.empty());
    EXPECT_EQ(std::stoull(none.cursor.substr(0, 19)) >> 32U, 1'049U);
}

TEST_F(StellarMethods, FindATransactionByEitherHash) {
    dom::parser parser;
    auto const body =
        node_.call("getTransactions", R"({"startLedger":1100,"pagination":{"limit":1}})");
    std::string const hash(
        parser.parse(body)["result"]["transactions"].at(0)["txHash"].get_string().value());
    auto const found = node_.call("getTransaction", R"({"hash":")" + hash + R"("})");
    EXPECT_TRUE(has(found, R"("ledger":1100)")) << found;
    auto const missing =
        node_.call("getTransaction", R"({"hash":")" + std::string(64, '0') + R"("})");
    EXPECT_TRUE(has(missing, R"("status":"NOT_FOUND")"));
}

TEST_F(StellarMethods, ForgetWhatIsBehindTheirRetention) {
    RunningSimulator node({"--chain", "stellar", "--ledgers", "200", "--retention", "50"});
    EXPECT_TRUE(has(node.call("getHealth", "{}"), R"("oldestLedger":1150)"));
    EXPECT_TRUE(has(node.call("getLedgers", R"({"startLedger":1149})"),
                    R"("code":-32600,"message":"start ledger (1149) must be between the oldest )"));
    node.post("/control/tip", "1120");
    EXPECT_TRUE(has(node.call("getHealth", "{}"), R"("oldestLedger":1071)"));
}

TEST_F(StellarMethods, PoisonTheLedgersTheyAreToldTo) {
    auto const* const ask = R"({"startLedger":1100,"pagination":{"limit":3}})";
    auto const clean = node_.call("getLedgers", ask);
    node_.post("/control/faults", "poison:slots=1101");
    auto const poisoned = node_.call("getLedgers", ask);
    EXPECT_NE(clean, poisoned);
    EXPECT_EQ(clean.size(), poisoned.size());
    EXPECT_EQ(page_of(poisoned, "ledgers", "hash").ids, page_of(clean, "ledgers", "hash").ids);
    node_.post("/control/faults", "poison:slots=1101,trailing=4");
    EXPECT_GT(node_.call("getLedgers", ask).size(), clean.size());
}

TEST_F(StellarMethods, SayWhatTheirLedgersHold) {
    auto const said = node_.get("/control/expected?first=1000&last=1199").body;
    EXPECT_TRUE(has(said, R"({"ledgers":200,"transactions":)")) << said;
}

}  // namespace
}  // namespace indexer::simulator
