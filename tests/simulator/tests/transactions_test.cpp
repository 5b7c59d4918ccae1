#include <map>
#include <set>

#include <gtest/gtest.h>

#include "tests/simulator/transactions/scenarios.hpp"

namespace indexer::simulator {
namespace {

std::vector<Transaction> many_transactions() {
    Mixture const mixture{.transactions = 5'000};
    return make_block(World(7), mixture, {.seed = 7, .slot = 1'000, .time = 1'790'000'000});
}

std::uint64_t total(Transaction const& transaction, std::uint64_t Account::*lamports) {
    std::uint64_t sum = 0;
    for (Account const& account : transaction.accounts) sum += account.*lamports;
    return sum;
}

TEST(Transactions, KeepLamportsButForTheFee) {
    for (Transaction const& t : many_transactions()) {
        ASSERT_EQ(total(t, &Account::lamports_before) - total(t, &Account::lamports_after), t.fee);
        for (Account const& account : t.accounts) {
            ASSERT_LT(account.lamports_after, 1ULL << 62U) << "went below zero";
        }
    }
}

TEST(Transactions, ChangeNoTokensWhenTheyFail) {
    for (Transaction const& t : many_transactions()) {
        if (t.error.empty()) continue;
        for (Account const& account : t.accounts) {
            ASSERT_EQ(account.tokens_before.has_value(), account.tokens_after.has_value());
            if (!account.tokens_before) continue;
            ASSERT_EQ(account.tokens_before->amount, account.tokens_after->amount);
        }
    }
}

TEST(Transactions, NameEveryAccountOnceInMessageOrder) {
    for (Transaction const& t : many_transactions()) {
        std::set<std::string> keys;
        bool was_loaded = false;
        ASSERT_TRUE(t.accounts.front().signer);
        for (Account const& account : t.accounts) {
            ASSERT_TRUE(keys.insert(account.key.text()).second);
            ASSERT_FALSE(was_loaded && !account.loaded);
            was_loaded = account.loaded;
        }
    }
}

TEST(Transactions, LookUpAccountsInVersion0Only) {
    std::map<int, int> loaded;
    for (Transaction const& t : many_transactions()) {
        for (Account const& account : t.accounts) loaded[t.version] += account.loaded ? 1 : 0;
    }
    EXPECT_GT(loaded[0], 0);
    EXPECT_EQ(loaded[1], 0);
    EXPECT_EQ(loaded[Transaction::kLegacy], 0);
}

TEST(Transactions, ComeInTheSharesAskedFor) {
    double votes = 0;
    double failures = 0;
    double version_1 = 0;
    auto const all = many_transactions();
    for (Transaction const& t : all) {
        votes += t.is_vote ? 1 : 0;
        failures += t.error.empty() ? 0 : 1;
        version_1 += t.version == 1 ? 1 : 0;
    }
    auto const others = static_cast<double>(all.size()) - votes;
    EXPECT_NEAR(votes / static_cast<double>(all.size()), 0.6, 0.03);
    EXPECT_NEAR(failures / others, 0.15, 0.03);
    EXPECT_NEAR(version_1 / others, 0.05, 0.02);
}

}  // namespace
}  // namespace indexer::simulator
