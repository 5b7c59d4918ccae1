#include <atomic>
#include <chrono>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <httplib.h>

#include "tests/support/http_server.hpp"
#include "tests/unit/rpc/client_world.hpp"

// An endpoint that fails is told from one at which some questions fail.
namespace indexer::rpc {
namespace {

using namespace std::chrono_literals;
using test::HttpServer;
using World = test::ClientWorld;

// Serves all seqs but those from `first_bad` on, for which it has an internal error.
HttpServer::Step all_before(std::uint64_t first_bad) {
    return [first_bad](httplib::Request const& request, httplib::Response& response) {
        auto const params = request.body.substr(request.body.find("\"params\":[") + 10);
        bool const bad = std::stoull(params) >= first_bad;
        (bad ? test::error(-32603, "Internal error") : test::result("1"))(request, response);
    };
}

TEST(BadSeq, DoesNotCloseTheEndpoint) {
    HttpServer server({all_before(100)});
    World world({&server}, 5);
    auto const began = world.clock.now();
    (void)world.call_about(1);
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(world.failure_about(100).is_of_the_question());
    }
    EXPECT_EQ(world.call_about(2).result(), "1");
    EXPECT_LT(world.clock.now() - began, 60s);
}

TEST(BadSeq, ManyInARowDoNotEither) {
    HttpServer server({all_before(100)});
    World world({&server}, 5);
    auto const began = world.clock.now();
    (void)world.call_about(1);
    constexpr std::size_t kBad = 20;
    for (std::size_t i = 0; i < kBad; ++i) {
        EXPECT_TRUE(world.failure_about(100 + i).is_of_the_question());
    }
    EXPECT_TRUE(world.client->usable());
    EXPECT_LT(world.clock.now() - began, kBad * 5s);
    // Six attempts each, and what was served is asked for again in between.
    EXPECT_LE(server.requests(), 1 + kBad * 8);
}

TEST(BadSeq, BehindAnEndpointThatFailsAltogetherIsNotTold) {
    std::atomic<bool> down = false;
    HttpServer server({[&](auto const& request, auto& response) {
        (down ? test::answers(503, "") : all_before(100))(request, response);
    }});
    World world({&server}, 5);
    (void)world.call_about(1);
    down = true;
    auto const began = world.clock.now();
    EXPECT_FALSE(world.failure_about(2).is_of_the_question());
    EXPECT_GE(world.clock.now() - began, 60s) << "the breaker was open";
}

TEST(BadSeq, IsAskedOfNobodyWhileTheProbeFails) {
    std::atomic<bool> down = false;
    std::atomic<unsigned> bad_asked = 0;
    HttpServer server({[&](auto const& request, auto& response) {
        if (request.body.find("[100]") != std::string::npos) ++bad_asked;
        (down ? test::answers(503, "") : all_before(100))(request, response);
    }});
    World world({&server}, 5);
    (void)world.call_about(1);
    down = true;
    (void)world.failure_about(100);
    EXPECT_EQ(bad_asked, 5U) << "the probe asks for what was served before";
}

TEST(BadSeq, OfOneEndpointIsServedByAnother) {
    HttpServer first({all_before(100)});
    HttpServer second({all_before(200)});
    World world({&first, &second}, 5);
    for (std::uint64_t seq = 90; seq < 120; ++seq) EXPECT_EQ(world.call_about(seq).result(), "1");
    EXPECT_TRUE(world.client->usable());
}

}  // namespace
}  // namespace indexer::rpc
