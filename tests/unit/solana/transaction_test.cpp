#include "solana/transaction.hpp"

#include <gtest/gtest.h>

#include "solana/compute_budget.hpp"
#include "solana/memo.hpp"
#include "solana/programs.hpp"

namespace indexer::solana {
namespace {

// One signature, and an instruction for each program and data given.
Transaction transaction(
    std::vector<std::pair<std::string_view, std::string_view>> const& instructions) {
    Transaction transaction;
    transaction.signature_count = 1;
    for (auto const& [program, data] : instructions) {
        transaction.instructions.push_back(
            {.program = static_cast<std::uint8_t>(transaction.accounts.size()), .data = data});
        transaction.accounts.push_back(program);
    }
    return transaction;
}

TEST(Transaction, IsAVoteWhenEveryInstructionIs) {
    EXPECT_TRUE(is_vote(transaction({{programs::kVote, ""}})));
    EXPECT_TRUE(is_vote(transaction({{programs::kVote, ""}, {programs::kVote, ""}})));
    EXPECT_FALSE(is_vote(transaction({{programs::kVote, ""}, {programs::kMemo2, ""}})));
    EXPECT_FALSE(is_vote(transaction({})));
}

TEST(ComputeBudget, ReadsLimitAndPrice) {
    // 02 c0 5c 15 00 and 03 40 0d 03 00 00 00 00 00, as mainnet transactions carry them.
    auto const budget = compute_budget(transaction(
        {{programs::kComputeBudget, "K1FDJ7"}, {programs::kComputeBudget, "3QAwFKa3MJAs"}}));
    EXPECT_EQ(budget.unit_limit, 1'400'000);
    EXPECT_EQ(budget.unit_price, 200'000U);
}

TEST(ComputeBudget, IsEmptyWhereNothingWasAsked) {
    auto const budget =
        compute_budget(transaction({{programs::kMemo2, "K1FDJ7"},
                                    {programs::kComputeBudget, ""},
                                    {programs::kComputeBudget, "not base58: 0OIl"}}));
    EXPECT_FALSE(budget.unit_limit);
    EXPECT_FALSE(budget.unit_price);
}

TEST(ComputeBudget, VersionOneDeclaresItsLimit) {
    auto declared = transaction({});
    declared.declared_unit_limit = 19;
    EXPECT_EQ(compute_budget(declared).unit_limit, 19);
}

TEST(PriorityFee, IsWhatIsPaidAboveTheSignatures) {
    auto paid = transaction({});
    EXPECT_FALSE(priority_fee(paid));
    paid.fee = 5'003;
    EXPECT_EQ(priority_fee(paid), 3);
    paid.signature_count = 2;
    EXPECT_FALSE(priority_fee(paid));
}

TEST(PriorityFee, CountsTheSignaturesThatProgramsCheck) {
    auto paid = transaction({{programs::kSecp256k1, "2UzHM"}});  // 01 00 00 00: one signature
    paid.fee = 10'000;
    EXPECT_EQ(priority_fee(paid), 0);
}

TEST(Memo, JoinsTheTextsOfAllInstructions) {
    auto noted = transaction({{programs::kMemo2, "2NEpo7TZRRrLZSi2U"}, {programs::kVote, "2"}});
    EXPECT_EQ(memo(noted), "Hello World!");
    noted.inner_instructions.push_back({.program = 0, .data = "2NEpo7TZRRrLZSi2U"});
    EXPECT_EQ(memo(noted), "Hello World!\nHello World!");
    EXPECT_FALSE(memo(transaction({{programs::kVote, "2"}})));
}

TEST(Memo, LeavesOutWhatIsNoText) {
    EXPECT_FALSE(memo(transaction({{programs::kMemo2, "5Q"}})));  // ff
    EXPECT_EQ(memo(transaction({{programs::kMemo1, ""}})), "");
}

TEST(Transaction, AMissingProgramIsNoProgram) {
    auto const partial = transaction({{programs::kVote, ""}});
    EXPECT_EQ(partial.program({.program = 1}), "");
}

}  // namespace
}  // namespace indexer::solana
