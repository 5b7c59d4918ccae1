#include "rpc/verdict.hpp"

#include <gtest/gtest.h>

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

TEST(Verdict, KnowsWhatJsonRpcMeans) {
    EXPECT_EQ(standard_verdict(-32700, "Parse error"), Verdict::never);
    EXPECT_EQ(standard_verdict(-32600, "Invalid request"), Verdict::never);
    EXPECT_EQ(standard_verdict(-32602, "Invalid params"), Verdict::never);
    EXPECT_EQ(standard_verdict(-32601, "Method not found"), Verdict::refused);
    EXPECT_EQ(standard_verdict(-32603, "Internal error"), Verdict::ailing);
    EXPECT_EQ(standard_verdict(-32050, "something new"), Verdict::later);
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
