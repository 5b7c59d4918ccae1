#include "rpc/client.hpp"

#include <atomic>
#include <cstdint>
#include <future>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "tests/support/exposition.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/http_server.hpp"
#include "tests/unit/rpc/client_world.hpp"

namespace indexer::rpc {
namespace {

using namespace std::chrono_literals;
using test::answers;
using test::HttpServer;
using test::rpc_of;
using World = test::ClientWorld;

std::string const html = "<html>Bad gateway</html>";

TEST(Client, ReturnsTheResult) {
    HttpServer server({test::result(R"({"a":1})")});
    World world({&server});
    auto const response = world.call();
    EXPECT_EQ(response.result(), R"({"a":1})");
    EXPECT_EQ(response.endpoint, server.url());
}

TEST(Client, GivesEveryCallItsOwnId) {
    HttpServer server({test::result("1")});
    World world({&server});
    (void)world.call();
    (void)world.call();
    EXPECT_NE(server.bodies().at(0), server.bodies().at(1));
}

struct Trouble {
    char const* name;
    HttpServer::Step step;
};

class Passing : public ::testing::TestWithParam<Trouble> {};

TEST_P(Passing, TroubleIsMendedByTryingAgain) {
    HttpServer server({GetParam().step, GetParam().step, test::result("1")});
    EXPECT_EQ(World({&server}).call().result(), "1");
    EXPECT_EQ(server.requests(), 3U);
}

INSTANTIATE_TEST_SUITE_P(
    , Passing,
    ::testing::Values(
        Trouble{"WrongId", answers(200, R"({"jsonrpc":"2.0","result":2,"id":0})")},
        Trouble{"Html", answers(200, html, "text/html")}, Trouble{"Empty", answers(200, "")},
        Trouble{"Truncated", answers(200, R"({"jsonrpc":"2.0","result":{"a":)")},
        Trouble{"TooManyRequests", answers(429, "slow down", "text/plain")},
        Trouble{"RetryAfter", test::with_header("Retry-After", "3", answers(429, "{}"))},
        Trouble{"Unavailable", answers(503, html, "text/html")},
        Trouble{"RateLimitInside200", test::error(429, "Too many requests")},
        Trouble{"RateLimitOfQuickNode",
                test::error(-32007, "50/second request limit reached - reduce calls per second")},
        Trouble{"NodeBehind", test::error(-32005, "Node is behind by 42 slots")},
        Trouble{"InternalError", test::error(-32603, "Internal error")}),
    [](auto const& test) { return test.param.name; });

TEST(Client, WaitsAsLongAsRetryAfterSays) {
    HttpServer server(
        {test::with_header("Retry-After", "3", answers(429, "{}")), test::result("1")});
    World world({&server});
    auto const before = world.clock.now();
    (void)world.call();
    EXPECT_GE(world.clock.now() - before, 3s);
}

TEST(Client, DoesNotWaitADayBecauseAServerSaysSo) {
    HttpServer server(
        {test::with_header("Retry-After", "86400", answers(429, "{}")), test::result("1")});
    World world({&server});
    auto const before = world.clock.now();
    (void)world.call();
    EXPECT_LE(world.clock.now() - before, 11min);
}

TEST(Client, SaysWhyItGaveUp) {
    HttpServer server({answers(429, ""), answers(503, ""), answers(429, "")});
    auto const error = World({&server}).failure();
    EXPECT_EQ(error.fault(), base::Fault::endpoint);
    EXPECT_EQ(error.recovery(), base::Recovery::never);
    EXPECT_EQ(error.hint(), "set --rps to what the endpoint allows, or add another --rpc-url");
    EXPECT_TRUE(std::string(error.what()).starts_with("getThing: gave up after 6 attempts in "))
        << error.what();
    EXPECT_TRUE(
        std::string(error.what())
            .ends_with(": " + server.url() + ": HTTP 429 (5x), " + server.url() + ": HTTP 503"))
        << error.what();
    EXPECT_EQ(server.requests(), 6U);
}

TEST(Client, KeepsTheCodeOfTheLastAnswer) {
    HttpServer server({test::error(-32004, "Block not available for slot 5")});
    EXPECT_EQ(World({&server}).failure().code(), -32004);
    EXPECT_EQ(server.requests(), 6U);
}

TEST(Client, DoesNotRepeatWhatNobodyWillAnswer) {
    HttpServer server({test::error(-32602, "Invalid params")});
    auto const error = World({&server}).failure();
    EXPECT_EQ(error.code(), -32602);
    EXPECT_EQ(error.what(), "getThing: " + server.url() + ": error -32602: Invalid params");
    EXPECT_EQ(server.requests(), 1U);
}

TEST(Client, ARefusalIsFinalWhereThereIsNobodyElse) {
    HttpServer server({answers(403, "no")});
    World world({&server});
    auto const before = world.clock.now();
    auto const error = world.failure();
    EXPECT_EQ(error.what(), "getThing: " + server.url() + ": HTTP 403: no");
    EXPECT_EQ(error.hint(), "check that the URL holds a valid key");
    EXPECT_EQ(server.requests(), 1U);
    EXPECT_EQ(world.clock.now(), before);
}

// A provider says it with HTTP 200 and bare words.
TEST(Client, TellsTheProvidersOwnWords) {
    HttpServer server({answers(200, "max usage reached", "text/plain")});
    auto const error = World({&server}).failure();
    EXPECT_TRUE(std::string(error.what()).ends_with(": max usage reached")) << error.what();
    EXPECT_EQ(error.hint(),
              "its plan is used up: add another --rpc-url, or run again when it is renewed");
    EXPECT_EQ(server.requests(), 1U);
}

TEST(Client, TellsWhatCameWithAStatus) {
    auto const failed = [](int status, std::string const& body) {
        HttpServer server({answers(status, body)});
        return std::string(World({&server}).failure().what());
    };
    auto const text = R"({"jsonrpc":"2.0","error":{"code":-32001,"message":"Try later"},"id":1})";
    EXPECT_NE(failed(503, text).find(": HTTP 503: Try later (6x)"), std::string::npos);
    EXPECT_NE(failed(403, "Your IP is blocked").find(": HTTP 403: Your IP is blocked"),
              std::string::npos);
}

TEST(Client, SaysWhereARedirectLeads) {
    for (int const status : {301, 302, 307, 308}) {
        HttpServer server({test::with_header("Location", "https://new.example/v2/key?api-key=key",
                                             answers(status, ""))});
        auto const error = World({&server}).failure();
        auto const text = std::string(error.what());
        EXPECT_TRUE(text.ends_with(fmt::format("HTTP {} to https://new.example", status))) << text;
        EXPECT_TRUE(error.hint().starts_with("name the URL that it leads to by --rpc-url"));
        EXPECT_EQ(server.requests(), 1U);
    }
}

TEST(Client, TakesUnknownWordsForALimitWhereNoCallIsLeft) {
    HttpServer server(
        {test::with_header("x-ratelimit-remaining", "0", test::error(-32050, "come back later")),
         test::result("1")});
    World world({&server});
    (void)world.call();
    EXPECT_NE(world.metrics.text().find(R"(outcome="busy"} 1)"), std::string::npos);
}

// What nobody knows may be a limit: the rate at which it comes shows that.
TEST(Client, LearnsALimitFromWordsThatNobodyKnows) {
    std::atomic<std::uint64_t> called = 0;
    test::FakeClock clock;
    auto const began = clock.now();
    HttpServer server({[&](auto const& request, auto& response) {
        auto const allowed = 20 + 10 * static_cast<std::uint64_t>((clock.now() - began) / 1s);
        (called++ < allowed ? test::result("1") : test::error(-32050, "lie down"))(request,
                                                                                   response);
    }});
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    Client client(rpc_of({server.url()}), {}, clock, metrics, memory);
    for (std::uint64_t seq = 0; seq < 300; ++seq) {
        auto const params = fmt::format("[{}]", seq);
        EXPECT_EQ(
            client.call({.method = "getThing", .params_json = params, .seq = base::Seq(seq)}, {})
                .result(),
            "1");
        clock.advance(20ms);
    }
    EXPECT_GT(test::Exposition(metrics.text()).sum("indexer_limiter_rate"), 0);
}

TEST(Client, ReadsTheErrorInABodyWithAnHttpError) {
    HttpServer server(
        {answers(400, R"({"jsonrpc":"2.0","error":{"code":-32602,"message":"bad"},"id":%ID%})")});
    EXPECT_EQ(World({&server}).failure().code(), -32602);
}

TEST(Client, AsksEveryEndpointBeforeARefusalIsFinal) {
    HttpServer first({test::error(-32601, "Method not found")});
    HttpServer second({test::error(-32601, "Method not found")});
    HttpServer third({test::result("1")});
    EXPECT_EQ(World({&first, &second, &third}).call().result(), "1");
    auto const error = World({&first, &second}).failure();
    EXPECT_EQ(error.code(), -32601);
    EXPECT_NE(std::string(error.what()).find(first.url()), std::string::npos);
    EXPECT_NE(std::string(error.what()).find(second.url()), std::string::npos);
    EXPECT_EQ(first.requests(), 2U);
    EXPECT_EQ(second.requests(), 2U);
}

TEST(Client, GoesElsewhereWithoutWaiting) {
    HttpServer failing({answers(503, "")});
    HttpServer working({test::result("1")});
    World world({&failing, &working});
    auto const before = world.clock.now();
    for (int i = 0; i < 4; ++i) EXPECT_EQ(world.call().result(), "1");
    EXPECT_EQ(world.clock.now(), before);
    EXPECT_GT(failing.requests(), 0U);
}

TEST(Client, SharesCallsAmongEndpoints) {
    HttpServer first({test::result("1")});
    HttpServer second({test::result("1")});
    World world({&first, &second});
    for (int i = 0; i < 10; ++i) (void)world.call();
    EXPECT_EQ(first.requests(), 5U);
    EXPECT_EQ(second.requests(), 5U);
}

TEST(Client, LeavesAnEndpointAloneWhoseBreakerIsOpen) {
    HttpServer failing({answers(503, "")});
    HttpServer working({test::result("1")});
    World world({&failing, &working}, 3);
    for (int i = 0; i < 20; ++i) (void)world.call();
    EXPECT_EQ(failing.requests(), 3U);
}

TEST(Client, PausesWhileEveryBreakerIsOpen) {
    HttpServer server({answers(503, ""), answers(503, ""), test::result("1")});
    World world({&server}, 2);
    auto const before = world.clock.now();
    EXPECT_EQ(world.call().result(), "1");
    EXPECT_GE(world.clock.now() - before, 60s);
}

TEST(Client, DoesNotPauseForWhomNobodyEverReached) {
    std::string url;
    {
        HttpServer const server({test::result("1")});
        url = server.url();
    }
    test::FakeClock clock;
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    Client client(rpc_of({url}), {.failures = 2, .open_for = 60s}, clock, metrics, memory);
    auto const before = clock.now();
    for (int i = 0; i < 2; ++i) {
        try {
            (void)client.call("getThing", "[]", {});
            ADD_FAILURE();
        } catch (Error const& error) {
            EXPECT_TRUE(std::string(error.what()).starts_with("getThing: ")) << error.what();
            EXPECT_FALSE(error.hint().empty());
        }
    }
    EXPECT_LT(clock.now() - before, 60s);
}

TEST(Client, ARateLimitDoesNotOpenTheBreaker) {
    HttpServer server({answers(429, ""), answers(429, ""), answers(429, ""), test::result("1")});
    World world({&server}, 1);
    auto const before = world.clock.now();
    EXPECT_EQ(world.call().result(), "1");
    EXPECT_LT(world.clock.now() - before, 60s);
}

TEST(Client, AStopEndsAPause) {
    HttpServer server({answers(503, "")});
    test::FakeClock clock(test::FakeClock::Sleeping::waits);
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    Client client(rpc_of({server.url()}), {.failures = 1, .open_for = 60s}, clock, metrics, memory);
    std::stop_source stop;
    auto waiting = std::async(std::launch::async, [&] {
        try {
            (void)client.call("getThing", "[]", stop.get_token());
        } catch (base::Error const& error) {
            return error.fault();
        }
        return base::Fault::internal;
    });
    clock.wait_for_sleepers(1);
    stop.request_stop();
    EXPECT_EQ(waiting.get(), base::Fault::stopped);
}

TEST(Client, NeverTellsTheToken) {
    std::string const token = "0123456789abcdef";
    HttpServer server({answers(401, ""), test::error(-32602, "key " + token + " is not known")});
    auto const secret_url = server.url() + "/v2/" + token + "?api-key=" + token;
    test::FakeClock clock;
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    Client client(rpc_of({secret_url}), {}, clock, metrics, memory);
    for (int i = 0; i < 2; ++i) {
        try {
            (void)client.call("getThing", "[]", {});
            ADD_FAILURE();
        } catch (Error const& error) {
            EXPECT_NE(std::string(error.what()).find(server.url()), std::string::npos);
            EXPECT_EQ(std::string(error.what()).find(token), std::string::npos) << error.what();
        }
    }
    EXPECT_EQ(server.requests(), 2U);
    EXPECT_EQ(metrics.text().find(token), std::string::npos) << metrics.text();
}

TEST(Client, NeedsAnEndpoint) {
    test::FakeClock clock;
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    EXPECT_THROW(Client({}, {}, clock, metrics, memory), base::Error);
    EXPECT_THROW(Client(rpc_of({"ftp://host"}), {}, clock, metrics, memory), base::Error);
}

TEST(Client, CountsCallsByOutcomeAndMeasuresThem) {
    HttpServer server({answers(429, ""), answers(503, ""), test::result("1")});
    World world({&server});
    (void)world.call();
    test::Exposition const text(world.metrics.text());
    auto const labels = R"({endpoint=")" + server.url() + R"(",method="getThing")";
    for (auto const* const outcome : {"busy", "ailing", "served"}) {
        EXPECT_EQ(
            text.at("indexer_rpc_requests_total" + labels + R"(,outcome=")" + outcome + "\"}"), 1)
            << outcome;
    }
    EXPECT_EQ(text.at("indexer_rpc_request_seconds_count" + labels + "}"), 3);
    EXPECT_EQ(text.at(R"(indexer_rpc_retries_total{method="getThing"})"), 2);
}

TEST(Client, TellsTheStateOfItsBreakers) {
    HttpServer server({answers(503, ""), test::result("1")});
    test::FakeClock clock(test::FakeClock::Sleeping::waits);
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    Client client(rpc_of({server.url()}), {.failures = 1, .open_for = 60s}, clock, metrics, memory);
    EXPECT_TRUE(client.usable());
    auto const state = [&] {
        return test::Exposition(metrics.text()).sum("indexer_breaker_state");
    };
    auto called = std::async(std::launch::async, [&] { return client.call("getThing", "[]", {}); });
    clock.wait_for_sleepers(1);
    EXPECT_FALSE(client.usable());
    EXPECT_EQ(state(), 2);
    clock.advance(120s);
    EXPECT_EQ(called.get().result(), "1");
    EXPECT_TRUE(client.usable());
    EXPECT_EQ(state(), 0);
    EXPECT_EQ(test::Exposition(metrics.text()).sum("indexer_breaker_transitions_total"), 3);
}

}  // namespace
}  // namespace indexer::rpc
