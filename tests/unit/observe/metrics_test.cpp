#include "observe/metrics.hpp"

#include <optional>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/exposition.hpp"

namespace indexer::observe {
namespace {

using test::Exposition;

TEST(Metrics, WritesPrometheusText) {
    Metrics metrics(Metrics::CommonLabels{{"chain", "solana"}});
    metrics.counter("indexer_rpc_retries_total", "getBlock").add(3);
    EXPECT_EQ(metrics.text(),
              "# HELP indexer_rpc_retries_total Calls made again after a failure.\n"
              "# TYPE indexer_rpc_retries_total counter\n"
              "indexer_rpc_retries_total{chain=\"solana\",method=\"getBlock\"} 3\n");
}

TEST(Metrics, EscapesLabelValues) {
    Metrics metrics({});
    std::string const ugly = "a\"b\\c\nd{e},f=\xC3\xA9";
    metrics.counter("indexer_rpc_retries_total", ugly).add();
    auto const collected =
        metrics.collect([&](Samples& samples) { samples.count("indexer_rows_total", 2, ugly); });
    Exposition const text(metrics.text());
    EXPECT_EQ(text.at("indexer_rpc_retries_total{method=\"" + ugly + "\"}"), 1);
    EXPECT_EQ(text.at("indexer_rows_total{table=\"" + ugly + "\"}"), 2);
}

TEST(Metrics, OneSeriesForTheSameLabels) {
    Metrics metrics({});
    for (int i = 0; i < 3; ++i) metrics.counter("indexer_rpc_retries_total", "getSlot").add();
    metrics.counter("indexer_rpc_retries_total", "getBlock").add();
    Exposition const text(metrics.text());
    EXPECT_EQ(text.at(R"(indexer_rpc_retries_total{method="getSlot"})"), 3);
    EXPECT_EQ(text.at(R"(indexer_rpc_retries_total{method="getBlock"})"), 1);
}

TEST(Metrics, PutsAValueIntoTheBucketThatEndsWithIt) {
    Metrics metrics({});
    auto const rows = metrics.histogram("indexer_batch_rows");
    for (double const value : {1.0, 2.0, 100.0, 5'000.0}) rows.observe(value);
    Exposition const text(metrics.text());
    EXPECT_EQ(text.at(R"(indexer_batch_rows_bucket{le="1"})"), 1);
    EXPECT_EQ(text.at(R"(indexer_batch_rows_bucket{le="5"})"), 2);
    EXPECT_EQ(text.at(R"(indexer_batch_rows_bucket{le="50"})"), 2);
    EXPECT_EQ(text.at(R"(indexer_batch_rows_bucket{le="100"})"), 3);
    EXPECT_EQ(text.at(R"(indexer_batch_rows_bucket{le="1000"})"), 3);
    EXPECT_EQ(text.at(R"(indexer_batch_rows_bucket{le="+Inf"})"), 4);
    EXPECT_EQ(text.at("indexer_batch_rows_sum"), 5'103);
    EXPECT_EQ(text.at("indexer_batch_rows_count"), 4);
}

TEST(Metrics, AsksCollectorsAtEveryLook) {
    Metrics metrics(Metrics::CommonLabels{{"command", "poll"}});
    unsigned blocks = 5;
    auto const queue =
        metrics.collect([&](Samples& samples) { samples.gauge("indexer_queue_blocks", blocks); });
    EXPECT_EQ(Exposition(metrics.text()).at(R"(indexer_queue_blocks{command="poll"})"), 5);
    blocks = 0;
    EXPECT_EQ(Exposition(metrics.text()).at(R"(indexer_queue_blocks{command="poll"})"), 0);
}

TEST(Metrics, KeepsTheTotalsOfWhatHasEndedAndForgetsItsGauges) {
    Metrics metrics({});
    auto const run = [&](int blocks) {
        return metrics.collect([blocks](Samples& samples) {
            samples.count("indexer_blocks_total", blocks);
            samples.gauge("indexer_queue_blocks", blocks);
        });
    };
    std::optional first(run(10));
    first.reset();
    auto const second = run(3);
    Exposition const text(metrics.text());
    EXPECT_EQ(text.at("indexer_blocks_total"), 13);
    EXPECT_EQ(text.at("indexer_queue_blocks"), 3);
}

// Two endpoints of one provider are told apart by their tokens, which no label shows.
TEST(Metrics, NeverWritesASeriesTwice) {
    Metrics metrics({});
    auto const collected = metrics.collect([](Samples& samples) {
        for (int twice = 0; twice < 2; ++twice) {
            samples.count("indexer_breaker_transitions_total", 2, "https://a.example", "getBlock");
            samples.gauge("indexer_breaker_state", twice, "https://a.example", "getBlock");
        }
    });
    Exposition const text(metrics.text());
    EXPECT_EQ(text.sum("indexer_breaker_transitions_total"), 4);
    EXPECT_EQ(text.sum("indexer_breaker_state"), 1);
}

TEST(Metrics, SumsCountersOverTheirLabels) {
    Metrics metrics(Metrics::CommonLabels{{"chain", "solana"}});
    metrics.counter("indexer_rpc_retries_total", "getSlot").add(1);
    metrics.counter("indexer_rpc_retries_total", "getBlock").add(2);
    auto const collected = metrics.collect([](Samples& samples) {
        samples.count("indexer_blocks_total", 7);
        samples.gauge("indexer_gaps", 9);
    });
    EXPECT_EQ(metrics.totals(), (std::map<std::string, double>{{"indexer_rpc_retries_total", 3},
                                                               {"indexer_blocks_total", 7}}));
}

TEST(Metrics, CountsFromManyThreadsWhileSomebodyLooks) {
    constexpr int kThreads = 8;
    constexpr int kEach = 2'000;
    Metrics metrics({});
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([&metrics] {
            auto const seconds = metrics.histogram("indexer_flush_seconds");
            for (int i = 0; i < kEach; ++i) {
                metrics.counter("indexer_rpc_retries_total", "getBlock").add();
                seconds.observe(0.1);
                auto const blocks = metrics.collect(
                    [](Samples& samples) { samples.count("indexer_blocks_total", 1); });
            }
        });
    }
    for (int look = 0; look < 20; ++look) static_cast<void>(metrics.text());
    for (auto& thread : threads) thread.join();
    Exposition const text(metrics.text());
    EXPECT_EQ(text.at(R"(indexer_rpc_retries_total{method="getBlock"})"), kThreads * kEach);
    EXPECT_EQ(text.at("indexer_flush_seconds_count"), kThreads * kEach);
    EXPECT_EQ(text.at("indexer_blocks_total"), kThreads * kEach);
}

}  // namespace
}  // namespace indexer::observe
