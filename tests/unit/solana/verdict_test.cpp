#include "solana/verdict.hpp"

#include <cstdint>

#include <gtest/gtest.h>

namespace indexer::solana {
namespace {

using rpc::Verdict;

TEST(SolanaVerdict, ASkippedSlotMayBeServedElsewhere) {
    EXPECT_EQ(verdict(-32007, "Slot 5 was skipped, or missing due to ledger jump"),
              Verdict::refused);
    EXPECT_EQ(verdict(-32009, "Slot 5 was skipped, or missing in long-term storage"),
              Verdict::refused);
    EXPECT_EQ(verdict(-32001, "Block 5 cleaned up"), Verdict::too_old);
}

TEST(SolanaVerdict, QuickNodesRateLimitIsNoSkippedSlot) {
    EXPECT_EQ(verdict(-32007, "50/second request limit reached - reduce calls per second"),
              Verdict::busy);
    EXPECT_EQ(verdict(429, "Too many requests for a specific RPC call"), Verdict::busy);
}

TEST(SolanaVerdict, ALaggingNodeIsAskedAgain) {
    EXPECT_EQ(verdict(-32004, "Block not available for slot 5"), Verdict::not_yet);
    EXPECT_EQ(verdict(-32014, "Block status not yet available for slot 5"), Verdict::not_yet);
    EXPECT_EQ(verdict(-32016, "Minimum context slot has not been reached"), Verdict::later);
    EXPECT_EQ(verdict(-32019, "Failed to query long-term storage"), Verdict::later);
    EXPECT_EQ(verdict(-32005, "Node is behind by 42 slots"), Verdict::ailing);
}

TEST(SolanaVerdict, ACodeWithOtherWordsIsNeverFinal) {
    for (std::int64_t const code :
         {-32001, -32004, -32005, -32007, -32009, -32011, -32014, -32015}) {
        EXPECT_EQ(verdict(code, "Something went wrong"), Verdict::later) << code;
        EXPECT_EQ(verdict(code, "Unable to complete request at this time."), Verdict::busy) << code;
    }
}

TEST(SolanaVerdict, TellsTroubleWithStorageFromAWrongRequest) {
    EXPECT_EQ(verdict(-32602, "BigTable query failed (maybe timeout due to too large range?)"),
              Verdict::later);
    EXPECT_EQ(verdict(-32602, "Slot range too large; max 500000"), Verdict::never);
    EXPECT_EQ(verdict(-32015, "Transaction version (1) is not supported"), Verdict::refused);
}

}  // namespace
}  // namespace indexer::solana
