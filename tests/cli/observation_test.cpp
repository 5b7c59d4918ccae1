#include <csignal>
#include <fstream>

#include <gtest/gtest.h>
#include <httplib.h>

#include "tests/support/exposition.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/world/world.hpp"

// What a run shows of itself while it goes on: pages, and a file of metrics.
namespace indexer::test {
namespace {

class Observation : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        migrate();
        start_node({"--chain", "stellar", "--first-ledger", "1000", "--ledgers", "5000", "--tip",
                    "1040", "--retention", "31", "--transactions", "3"});
    }
    static std::vector<std::string> poll(std::vector<std::string> more) {
        more.insert(more.begin(), {"poll", "--chain", "stellar", "--interval", "50ms",
                                   "--heal-interval", "100ms", "--from-ledger", "1015"});
        return more;
    }

    // Of the poll, with its labels.
    static std::string series(std::string const& name) {
        return name + R"({chain="stellar",command="poll"})";
    }

    TempFolder const folder_;
    std::string const file_ = folder_.path() / "indexer.prom";
};

TEST_F(Observation, PagesTellWhereARunStandsAndHowFarEndpointsGoBack) {
    auto const running = start_indexer(poll({"--listen", "127.0.0.1:0"}));
    auto const url = running->error_text_after("metrics: listening on ");
    httplib::Client client(url);
    auto const caught_up = [&] {
        auto const ready = client.Get("/ready");
        return ready && ready->status == 200 &&
               client.Get("/metrics")->body.find(series("indexer_lag_seqs") + " 0\n") !=
                   std::string::npos;
    };
    while (!caught_up()) {
    }
    Exposition const metrics(client.Get("/metrics")->body);
    EXPECT_EQ(metrics.at(series("indexer_proven_seq")), 1'040);
    EXPECT_EQ(metrics.at(series("indexer_headroom_seqs")), 1'041 - 1'010);
    EXPECT_EQ(metrics.at(series("indexer_healthy")), 1);
    auto const health = client.Get("/health");
    EXPECT_EQ(health->status, 200);
    EXPECT_NE(health->body.find("\"healthy\":true"), std::string::npos) << health->body;
    EXPECT_EQ(client.Get("/nothing")->status, 404);
    running->signal(SIGTERM);
    EXPECT_EQ(running->wait().exit_code, 75);
}

TEST_F(Observation, StatusTellsHowARunFaresWithItsBreakers) {
    start_node({"--chain", "stellar", "--first-ledger", "1000", "--ledgers", "5000", "--tip",
                "1040", "--fault", "503:method=getLedgers"});
    auto const running = start_indexer(poll({"--listen", "127.0.0.1:0"}));
    auto const url = running->error_text_after("metrics: listening on ");
    auto const status = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"status", "--chain", "stellar", "--listen",
                                   url.substr(std::string("http://").size())});
        return indexer(more);
    };
    std::string text;
    while (text.find("no endpoint may be called\n") == std::string::npos) text = status({}).out;
    EXPECT_NE(text.find(" getLedgers: open\n"), std::string::npos) << text;
    EXPECT_NE(text.find(" getHealth: closed\n"), std::string::npos) << text;
    auto const json = status({"--output", "json"}).out;
    EXPECT_NE(json.find("\"run\":{\"healthy\":false"), std::string::npos) << json;
    running->signal(SIGTERM);
    EXPECT_EQ(running->wait().exit_code, 75);
    auto const gone = status({});
    EXPECT_EQ(gone.exit_code, 0);
    EXPECT_NE(gone.err.find("no run answers at " + url), std::string::npos) << gone.err;
}

// What repairs and reindexes is a run like the others.
TEST_F(Observation, ARunThatMendsIsHealthyWhileItGoesOn) {
    for (auto const& [first, last] : {std::pair("1015", "1020"), std::pair("1030", "1040")}) {
        auto const done = indexer({"backfill", "--from-ledger", first, "--to-ledger", last});
        ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
    }
    start_node({"--chain", "stellar", "--first-ledger", "1000", "--ledgers", "5000", "--tip",
                "1040", "--retention", "31", "--transactions", "3", "--latency", "300ms"});
    for (auto const& command : std::vector<std::vector<std::string>>{
             {"repair", "--chain", "stellar"},
             {"reindex", "--from-ledger", "1015", "--to-ledger", "1040"}}) {
        auto arguments = command;
        arguments.insert(arguments.end(), {"--listen", "127.0.0.1:0"});
        auto const running = start_indexer(arguments);
        httplib::Client client(running->error_text_after("metrics: listening on "));
        std::string last;
        while (auto const health = client.Get("/health")) {
            last = health->body;
            if (health->status == 200) break;
        }
        EXPECT_NE(last.find("\"healthy\":true"), std::string::npos) << command.front() << last;
        auto const done = running->wait();
        EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    }
}

TEST_F(Observation, AFileHoldsTheSameMetricsWhenTheRunHasEnded) {
    auto const done = indexer(poll({"--until-caught-up", "--metrics-file", file_}));
    ASSERT_EQ(done.exit_code, 0) << done.err;
    std::ifstream in(file_);
    Exposition const metrics(std::string(std::istreambuf_iterator<char>(in), {}));
    EXPECT_EQ(metrics.at(series("indexer_proven_seq")), 1'040);
    EXPECT_EQ(metrics.at(series("indexer_headroom_seqs")), 31);
    EXPECT_EQ(metrics.at(series("indexer_blocks_total")), 26);
}

}  // namespace
}  // namespace indexer::test
