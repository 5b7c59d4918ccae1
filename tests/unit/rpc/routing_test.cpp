#include <future>
#include <variant>

#include <gtest/gtest.h>
#include <httplib.h>

#include "rpc/client.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/http_server.hpp"
#include "tests/unit/rpc/client_world.hpp"

// Whom a client asks, and when.
namespace indexer::rpc {
namespace {

using namespace std::chrono_literals;
using test::answers;
using test::HttpServer;
using test::rpc_of;
using World = test::ClientWorld;

TEST(Client, KeepsToTheRateItIsTold) {
    HttpServer server({test::result("1")});
    test::FakeClock clock;
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    auto rpc = rpc_of({server.url()});
    rpc.rps = 2;
    Client client(rpc, {}, clock, metrics, memory);
    auto const before = clock.now();
    for (int i = 0; i < 5; ++i) (void)client.call("getThing", "[]", {});
    EXPECT_EQ(clock.now() - before, 2s);
}

TEST(Client, WaitsForItsTurnWithoutUsingAttempts) {
    HttpServer server({test::result("1")});
    test::FakeClock clock;
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    auto rpc = rpc_of({server.url()});
    rpc.endpoints.front().rps = 0.1;
    rpc.max_attempts = 1;
    Client client(rpc, {}, clock, metrics, memory);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client.call("getThing", "[]", {}).result(), "1");
}

TEST(Client, AStopEndsTheWaitForItsTurn) {
    HttpServer server({test::result("1")});
    test::FakeClock clock(test::FakeClock::Sleeping::waits);
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    auto rpc = rpc_of({server.url()});
    rpc.rps = 0.1;
    Client client(rpc, {}, clock, metrics, memory);
    (void)client.call("getThing", "[]", {});
    std::stop_source stop;
    auto waiting = std::async(std::launch::async, [&] {
        EXPECT_THROW((void)client.call("getThing", "[]", stop.get_token()), base::Error);
    });
    clock.wait_for_sleepers(1);
    stop.request_stop();
    waiting.get();
    EXPECT_EQ(server.requests(), 1U);
}

TEST(Client, GoesElsewhereInsteadOfWaitingForItsTurn) {
    HttpServer slow({test::result("1")});
    HttpServer fast({test::result("1")});
    test::FakeClock clock;
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    auto rpc = rpc_of({slow.url(), fast.url()});
    rpc.endpoints.front().rps = 0.1;
    Client client(rpc, {}, clock, metrics, memory);
    auto const before = clock.now();
    for (int i = 0; i < 10; ++i) (void)client.call("getThing", "[]", {});
    EXPECT_EQ(clock.now(), before);
    EXPECT_EQ(slow.requests(), 1U);
}

TEST(Client, WaitsForOneThatMayServeItAfterAnotherRefused) {
    HttpServer refusing({test::error(-32601, "Method not found")});
    HttpServer slow({test::result("1")});
    test::FakeClock clock;
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    auto rpc = rpc_of({refusing.url(), slow.url()});
    rpc.endpoints.back().rps = 0.1;
    Client client(rpc, {}, clock, metrics, memory);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client.call("getThing", "[]", {}).result(), "1");
}

TEST(Client, AsksFirstWhoHasTheSeq) {
    auto const too_old = [](std::int64_t, std::string_view) noexcept { return Verdict::too_old; };
    HttpServer young({test::error(-1, "history begins later")});
    HttpServer archive({test::result("1")});
    World world({&young, &archive});
    for (unsigned seq = 9; seq > 0; --seq) {
        Classify* const classify = +too_old;
        (void)world.client->call({.method = "getThing",
                                  .params_json = "[]",
                                  .classify = *classify,
                                  .seq = base::Seq(seq)},
                                 {});
    }
    EXPECT_EQ(archive.requests(), 9U);
    EXPECT_EQ(young.requests(), 1U);
}

TEST(Client, AsksOthersFirstWhereOneIsDoubted) {
    HttpServer unlucky({test::result("1")});
    HttpServer other({test::result("1")});
    World world({&unlucky, &other});
    auto const ask = [&](std::uint64_t seq) {
        (void)world.client->call({.method = "getThing", .params_json = "[]", .seq = base::Seq(seq)},
                                 {});
    };
    auto const doubt = [&](base::SeqRange seqs) {
        world.client->doubt({{unlucky.url(), {base::SeqRange::single(base::Seq(2)), seqs}},
                             {"http://elsewhere", {seqs}}});
    };
    doubt({base::Seq(10), base::Seq(20)});
    for (auto const seq : {2U, 10U, 15U, 19U}) ask(seq);
    EXPECT_EQ(unlucky.requests(), 0U);
    // Others are not doubted, and no longer those of before.
    doubt({base::Seq(30), base::Seq(40)});
    for (auto const seq : {1U, 9U, 10U, 15U, 20U, 29U, 40U, 41U}) ask(seq);
    EXPECT_GT(unlucky.requests(), 0U);
}

TEST(Client, PutsAQuestionToEveryEndpoint) {
    HttpServer one({test::result("1")});
    HttpServer two({test::result("2")});
    HttpServer failing({test::error(-32602, "Invalid params")});
    World world({&one, &failing, &two});
    auto const said = world.client->put_to_each({.method = "getThing", .params_json = "[]"}, {});
    ASSERT_EQ(said.size(), 3U);
    EXPECT_EQ(said[0].endpoint, one.url());
    EXPECT_TRUE(std::holds_alternative<Error>(said[1].answer));
}

TEST(Client, DoesNotWaitForWhomItMayNotAskWhenAnotherOneRefused) {
    HttpServer refusing({test::error(-32602, "Invalid params")});
    HttpServer slow({test::result("1")});
    test::FakeClock clock(test::FakeClock::Sleeping::waits);
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    auto rpc = rpc_of({refusing.url(), slow.url()});
    rpc.endpoints.back().rps = 0.001;
    Client client(rpc, {}, clock, metrics, memory);
    Query const query{.method = "getThing", .params_json = "[]"};
    (void)client.call_at(1, query, {});
    auto const said = client.put_to_each(query, {});
    EXPECT_STREQ(std::get<Error>(said[1].answer).what(), (slow.url() + ": no answer yet").c_str());
}

TEST(Client, SendsAnEndpointsHeadersAndKeepsThemSecret) {
    std::string const token = "Bearer 0123456789abcdef";
    HttpServer server(
        {test::error(-32602, "key " + token + " is not known, nor 0123456789abcdef")});
    test::FakeClock clock;
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    auto rpc = rpc_of({server.url()});
    rpc.endpoints.front().name = "mine";
    rpc.endpoints.front().headers.emplace_back("Authorization: " + token);
    Client client(rpc, {}, clock, metrics, memory);
    try {
        (void)client.call("getThing", "[]", {});
        ADD_FAILURE();
    } catch (Error const& error) {
        EXPECT_STREQ(error.what(), "getThing: mine: error -32602: key *** is not known, nor ***");
    }
    EXPECT_EQ(server.header("Authorization"), token);
}

TEST(Client, RefusesWhatIsNoHeaderWithoutRepeatingIt) {
    test::FakeClock clock;
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    auto rpc = rpc_of({"http://127.0.0.1:1"});
    rpc.endpoints.front().headers.emplace_back("0123456789abcdef");
    try {
        Client const client(rpc, {}, clock, metrics, memory);
        ADD_FAILURE();
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::usage);
        EXPECT_EQ(std::string(error.what()).find("0123"), std::string::npos);
    }
}

TEST(Client, TriesAtOnceAfterAReset) {
    HttpServer server({answers(503, ""), test::result("1")});
    test::FakeClock clock(test::FakeClock::Sleeping::waits);
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    Client client(rpc_of({server.url()}), {.failures = 1, .open_for = 1h}, clock, metrics, memory);
    auto called = std::async(std::launch::async, [&] { return client.call("getThing", "[]", {}); });
    clock.wait_for_sleeps(1);
    clock.advance(10s);  // the backoff
    clock.wait_for_sleeps(2);
    client.reset();
    EXPECT_EQ(called.get().result(), "1");
}

}  // namespace
}  // namespace indexer::rpc
