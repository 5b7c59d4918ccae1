#include "observe/pages.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "tests/support/exposition.hpp"
#include "tests/support/fake_clock.hpp"

namespace indexer::observe {
namespace {

using base::Seq;
using namespace std::chrono_literals;

class Pages : public ::testing::Test {
  protected:
    [[nodiscard]] Page page(std::string const& path) const { return pages_.at(path)(); }
    // The page as JSON; valid until the next call.
    [[nodiscard]] simdjson::dom::element json(std::string const& path) {
        return parser_.parse(page(path).body);
    }

    test::FakeClock clock_;
    Metrics metrics_{{{"chain", "solana"}}};
    Health health_{{.stall_after = 60s, .database_patience = 15s, .ready_lag = 150}, clock_};
    std::map<std::string, HttpServer::MakePage> pages_ = pages(metrics_, health_);
    simdjson::dom::parser parser_;
};

TEST_F(Pages, MetricsAreWhatPrometheusReads) {
    metrics_.counter("indexer_rpc_retries_total", "getBlock").add();
    auto const metrics = page("/metrics");
    EXPECT_EQ(metrics.status, 200);
    EXPECT_EQ(metrics.type, "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_EQ(test::Exposition(metrics.body).sum("indexer_rpc_retries_total"), 1);
}

TEST_F(Pages, HealthTellsWhatIsWrong) {
    EXPECT_EQ(page("/health").status, 503);
    EXPECT_TRUE(json("/health")["watermark"].is_null());
    metrics_.counter("indexer_rpc_retries_total", "getBlock").add(2);
    health_.database_answered({.next = Seq(500), .missing = 11, .proven = 500});
    health_.tip_is(Seq(510));
    clock_.advance(2s);
    auto const page = this->page("/health");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.type, "application/json");
    EXPECT_EQ(page.body,
              R"({"healthy":true,"status":"healthy","breaker_closed":true,)"
              R"("database_reachable":true,"progressing":true,"last_progress_seconds":2,)"
              R"("watermark":499,"tip":510,"lag":11,"breakers":[],)"
              R"("counters":{"indexer_rpc_retries_total":2}})"
              "\n");
    health_.endpoints_usable(false);
    EXPECT_EQ(this->page("/health").status, 503);
    EXPECT_FALSE(bool(json("/health")["breaker_closed"]));
    EXPECT_EQ(std::string_view(json("/health")["status"]), "no endpoint may be called");
}

TEST_F(Pages, HealthTellsTheStateOfEachBreaker) {
    auto const breakers = metrics_.collect([](Samples& samples) {
        samples.gauge("indexer_breaker_state", 2, std::string("a:80"), std::string("getBlock"));
        samples.gauge("indexer_breaker_state", 0, std::string("b:80"), std::string("getSlot"));
    });
    auto const told = json("/health")["breakers"];
    EXPECT_EQ(simdjson::minify(told),
              "[{\"endpoint\":\"a:80\",\"method\":\"getBlock\",\"state\":\"open\"},"
              "{\"endpoint\":\"b:80\",\"method\":\"getSlot\",\"state\":\"closed\"}]");
}

TEST_F(Pages, ReadyMeansLittleLag) {
    EXPECT_EQ(page("/ready").status, 503);
    health_.database_answered({.next = Seq(500), .missing = 11, .proven = 500});
    health_.tip_is(Seq(510));
    EXPECT_EQ(page("/ready").status, 200);
    EXPECT_EQ(page("/ready").body, "{\"ready\":true,\"watermark\":499,\"tip\":510,\"lag\":11}\n");
    health_.tip_is(Seq(1'000));
    EXPECT_EQ(page("/ready").status, 503);
}

}  // namespace
}  // namespace indexer::observe
