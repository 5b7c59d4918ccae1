#include "rpc/verdict.hpp"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "rpc/limit_shapes.hpp"
#include "tests/places.hpp"

namespace indexer::rpc {
namespace {

TEST(Verdict, KnowsARateLimitByCodeAndByText) {
    EXPECT_EQ(standard_verdict(429, ""), Verdict::busy);
    EXPECT_EQ(standard_verdict(-32429, "rate limited"), Verdict::busy);
    EXPECT_EQ(standard_verdict(-32005, "Rate limit exceeded"), Verdict::busy);
    EXPECT_EQ(standard_verdict(-32007, "50/second request limit reached - reduce calls"),
              Verdict::busy);
    EXPECT_EQ(standard_verdict(-32000, "Too many requests from your IP"), Verdict::busy);
}

// As providers were seen to say it, each under a code that means something else to others.
TEST(Verdict, KnowsALimitInOtherWords) {
    for (auto const* const said :
         {"credits limited to 600/sec", "Too Many Requests",
          "Your app has exceeded its compute units per second capacity. If you have retries "
          "enabled",
          "You've exceeded the RPS limit available on the current plan.",
          "project ID request rate exceeded", "account limited to 15/sec", "over rate limit",
          "Unable to complete request at this time.", "Exceeded the quota usage",
          "API rate limit exceeded", "RATE_LIMITED: slow down",
          "The requests per second (RPS) of your requests are higher than your plan allows.",
          "Connection rate limits exceeded, contact your app developer or support@rpcpool.com."}) {
        for (std::int64_t const code : {-32000, -32001, -32003, -32005, -32600, -32603, 0}) {
            EXPECT_EQ(standard_verdict(code, said), Verdict::busy) << code << ": " << said;
        }
        EXPECT_EQ(verdict_of_status(503, said), Verdict::busy) << said;
        EXPECT_EQ(verdict_of_status(403, said), Verdict::busy) << said;
    }
}

TEST(Verdict, TellsAUsedUpPlanFromARate) {
    for (auto const* const said :
         {"monthly quota exhausted, upgrade your plan", "max usage reached",
          "daily request count exceeded, request rate limited",
          "Monthly capacity limit exceeded. Visit https://dashboard.alchemyapi.io to upgrade"}) {
        for (std::int64_t const code : {429, -32429, -32005, -32600, 0}) {
            EXPECT_EQ(standard_verdict(code, said), Verdict::exhausted) << code << ": " << said;
        }
        EXPECT_EQ(verdict_of_status(403, said), Verdict::exhausted) << said;
        EXPECT_EQ(verdict_of_status(429, said), Verdict::exhausted) << said;
    }
    EXPECT_EQ(verdict_of_status(402), Verdict::exhausted);
}

TEST(Verdict, TakesNothingElseForALimit) {
    for (auto const* const said :
         {"Internal error", "Slot range too large; max 500000",
          "Block 5 cleaned up, does not exist on node. First available block: 10",
          "request exceeded processing limit threshold",
          "Minimum context slot has not been reached",
          "Failed to query long-term storage; please try again"}) {
        EXPECT_FALSE(limit_in(said)) << said;
    }
}

TEST(Verdict, EveryShapeHasASource) {
    for (LimitShape const& shape : limit_shapes()) {
        EXPECT_FALSE(shape.who.empty());
        EXPECT_FALSE(shape.source.empty());
        EXPECT_EQ(limit_in(shape.words), shape.verdict) << shape.words << ": never reached";
    }
}

TEST(Verdict, TheTableInContributingIsTheOneInTheProgram) {
    std::ifstream file(std::string(INDEXER_SOURCE_DIR) + "/CONTRIBUTING.md");
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    for (LimitShape const& shape : limit_shapes()) {
        auto const* const means = shape.verdict == Verdict::busy ? "slower" : "used up";
        auto const row =
            fmt::format("\n| {} | {} | {} | {} |\n", shape.words, means, shape.who, shape.source);
        EXPECT_NE(text.find(row), std::string::npos) << row;
    }
}

TEST(Verdict, KnowsWhatJsonRpcMeans) {
    EXPECT_EQ(standard_verdict(-32700, "Parse error"), Verdict::never);
    EXPECT_EQ(standard_verdict(-32600, "Invalid request"), Verdict::never);
    EXPECT_EQ(standard_verdict(-32602, "Invalid params"), Verdict::never);
    EXPECT_EQ(standard_verdict(-32601, "Method not found"), Verdict::refused);
    EXPECT_EQ(standard_verdict(-32603, "Internal error"), Verdict::ailing);
    EXPECT_EQ(standard_verdict(-32050, "something new"), Verdict::later);
    EXPECT_EQ(standard_verdict(0, "no code at all"), Verdict::ailing);
}

TEST(Verdict, OfHttpStatus) {
    EXPECT_EQ(verdict_of_status(429), Verdict::busy);
    EXPECT_EQ(verdict_of_status(500), Verdict::ailing);
    EXPECT_EQ(verdict_of_status(503), Verdict::ailing);
    EXPECT_EQ(verdict_of_status(408), Verdict::ailing);
    EXPECT_EQ(verdict_of_status(403), Verdict::refused);
    EXPECT_EQ(verdict_of_status(301), Verdict::refused);
}

}  // namespace
}  // namespace indexer::rpc
