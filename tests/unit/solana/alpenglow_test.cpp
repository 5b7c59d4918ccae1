#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "base/error.hpp"
#include "solana/block_decoder.hpp"
#include "tests/support/rows_text.hpp"
#include "tests/support/solana_blocks.hpp"

// Forms that blocks have since Alpenglow, or may have.
namespace indexer::solana {
namespace {

using base::Seq;
using Transactions = std::vector<std::string>;

constexpr std::uint64_t kSlot = 459'653'004;

std::string answer(std::string const& result) {
    auto body = R"({"jsonrpc":"2.0","result":)" + result + R"(,"id":1})";
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    return body;
}

model::Block decode(Transactions const& transactions, std::uint64_t slot = kSlot) {
    return BlockDecoder({.votes = true})
        .decode(answer(test::block_result(slot, slot - 1, transactions)), Seq(slot));
}

base::Error failure_of(std::string const& result, std::uint64_t slot = kSlot) {
    try {
        static_cast<void>(BlockDecoder({}).decode(answer(result), Seq(slot)));
    } catch (base::Error const& error) {
        return error;
    }
    return {base::Fault::internal, base::Recovery::never, "nothing thrown"};
}

std::string cell(model::Block const& block, std::size_t table, std::string_view column,
                 std::size_t row = 0) {
    auto const& rows = block.rows.at(table);
    for (std::size_t i = 0; i < rows.table().columns.size(); ++i) {
        if (rows.table().columns[i].name == column) return test::cell_text(rows.column(i), row);
    }
    return "no such column";
}

constexpr std::size_t kBlocks = 0;
constexpr std::size_t kTransactions = 1;
constexpr std::size_t kSolTransfers = 3;

TEST(Alpenglow, WhatALeaderMadeVoidIsLeftOut) {
    Transactions const taken{test::transfer("A"), test::transfer("B"), test::transfer("C")};
    auto const right = test::block_text(decode(taken));
    for (auto const& listed :
         {Transactions{test::transfer("A"), test::transfer("B")},
          Transactions{test::without_meta(test::transfer("B"))},
          Transactions{test::without_meta(test::transfer("A")), test::transfer("C"),
                       test::without_meta(test::transfer("in no other part"))}}) {
        auto both = listed;
        both.insert(both.end(), taken.begin(), taken.end());
        EXPECT_EQ(test::block_text(decode(both)), right);
    }
}

TEST(Alpenglow, ASignatureThatIsThereTwiceForNoKnownReasonIsRefused) {
    auto const refused = [](Transactions const& transactions, std::uint64_t slot) {
        auto const error = failure_of(test::block_result(slot, slot - 1, transactions), slot);
        EXPECT_EQ(error.fault(), base::Fault::not_understood);
        return std::string(error.what());
    };
    auto const a = test::transfer("A");
    auto const b = test::transfer("B");
    EXPECT_EQ(refused({a, b, a}, kSlot),
              "solana: slot 459653004: transactions[2] has the signature of transactions[0]");
    EXPECT_EQ(refused({a, a}, kSlot + 1),
              "solana: slot 459653005: transactions[1] has the signature of transactions[0]");
    EXPECT_EQ(refused({a, b, b}, 2'000),
              "solana: slot 2000: transactions[2] has the signature of transactions[1]");
}

TEST(Alpenglow, AFailedTransactionMayCostNothing) {
    auto const block = decode({test::unpaid("A"), test::transfer("B")});
    EXPECT_TRUE(block.dead_letters.empty());
    ASSERT_EQ(block.rows.at(kTransactions).rows(), 2U);
    EXPECT_EQ(cell(block, kTransactions, "success"), "false");
    EXPECT_EQ(cell(block, kTransactions, "err"), "\"InsufficientFundsForFee\"");
    EXPECT_EQ(cell(block, kTransactions, "fee"), "0");
    EXPECT_EQ(cell(block, kTransactions, "priority_fee"), "NULL");
    EXPECT_EQ(cell(block, kTransactions, "success", 1), "true");
    EXPECT_EQ(cell(block, kBlocks, "failed_count"), "1");
    EXPECT_EQ(cell(block, kBlocks, "total_fee"), "5000");
    EXPECT_EQ(block.rows.at(kSolTransfers).rows(), 1U);
}

TEST(Alpenglow, ABlockWithoutVotesIsWhole) {
    auto const block = decode({test::transfer("A")});
    EXPECT_EQ(cell(block, kBlocks, "vote_count"), "0");
    EXPECT_EQ(cell(block, kBlocks, "transaction_count"), "1");
    EXPECT_TRUE(block.dead_letters.empty());
}

TEST(Alpenglow, CallsMayBeNineDeep) {
    auto const block = decode({test::transfer("A", 9)});
    EXPECT_TRUE(block.dead_letters.empty());
    EXPECT_EQ(cell(block, kTransactions, "inner_instruction_count"), "8");
    ASSERT_EQ(block.rows.at(kSolTransfers).rows(), 1U);
    EXPECT_EQ(cell(block, kSolTransfers, "lamports"), "1000");
}

TEST(Alpenglow, ATransactionMayNameMoreThan64Accounts) {
    auto const block = decode({test::transfer("A", 1, 93)});
    EXPECT_TRUE(block.dead_letters.empty());
    EXPECT_EQ(cell(block, kTransactions, "account_count"), "96");
    EXPECT_EQ(block.rows.at(kSolTransfers).rows(), 1U);
}

TEST(Alpenglow, AParentMayBeManySkippedSlotsBack) {
    auto const body = answer(test::block_result(459'658'000, 459'652'999, {test::transfer("A")}));
    auto const block = BlockDecoder({}).decode(body, Seq(459'658'000));
    EXPECT_EQ(block.parent, (model::Link{Seq(459'652'999), test::blockhash_of(459'652'999)}));
}

// It proves nothing and contradicts nothing: another node may know.
TEST(Alpenglow, AHashThatTheNodeDoesNotKnowIsNoHash) {
    constexpr std::string_view kUnknown = "11111111111111111111111111111111";
    auto const known = test::block_result(kSlot, kSlot - 1, {});
    for (auto const& hash : {test::blockhash_of(kSlot - 1), test::blockhash_of(kSlot)}) {
        auto unknown = known;
        unknown.replace(unknown.find(hash), hash.size(), kUnknown);
        auto const error = failure_of(unknown);
        EXPECT_EQ(error.fault(), base::Fault::endpoint);
        EXPECT_EQ(error.recovery(), base::Recovery::retry_elsewhere);
        EXPECT_NE(std::string(error.what()).find("does not know the hash of "), std::string::npos)
            << error.what();
    }
}

}  // namespace
}  // namespace indexer::solana
