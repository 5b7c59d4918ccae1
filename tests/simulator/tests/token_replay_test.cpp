#include <cstring>
#include <map>

#include <gtest/gtest.h>

#include "tests/simulator/transactions/scenarios.hpp"
#include "tests/simulator/transactions/well_known.hpp"

// What the instructions of a transaction say must be what its token balances show: reads the
// instruction data again, as an indexer does, without asking the builder.
namespace indexer::simulator {
namespace {

std::uint64_t u64_at(std::string const& data, std::size_t offset) {
    std::uint64_t value = 0;
    std::memcpy(&value, data.data() + offset, sizeof value);
    return value;
}

// Account to change of its tokens; unsigned numbers wrap around as sums of both signs should.
using Changes = std::map<std::size_t, std::uint64_t>;

void replay(Instruction const& i, Changes& changes) {
    auto const amount = i.data.size() > 8 ? u64_at(i.data, 1) : 0;
    switch (static_cast<unsigned char>(i.data.front())) {
        case 3:
            changes[i.accounts.at(0)] -= amount;
            changes[i.accounts.at(1)] += amount;
            break;
        case 7:
            changes[i.accounts.at(1)] += amount;
            break;
        case 8:
            changes[i.accounts.at(0)] -= amount;
            break;
        case 12:
            changes[i.accounts.at(0)] -= amount;
            changes[i.accounts.at(2)] += amount;
            break;
        case 255:
            for (std::size_t n = 0; n < i.accounts.size() / 3; ++n) {
                auto const moved = u64_at(i.data, 1 + n * 11 + 3);
                changes[i.accounts.at(3 * n)] -= moved;
                changes[i.accounts.at(3 * n + 1)] += moved;
            }
            break;
        default:
            break;
    }
}

Changes replay(Transaction const& transaction) {
    Changes changes;
    for (Instruction const& i : transaction.instructions) {
        if (transaction.accounts.at(i.program).key == well_known::kToken) replay(i, changes);
    }
    return changes;
}

std::uint64_t amount(std::optional<TokenBalance> const& balance) {
    return balance ? balance->amount : 0;
}

// Wrapped SOL also moves by wrapping and closing, Token-2022 withholds fees.
bool moves_by_transfer_only(Account const& account) {
    auto const& balance = account.tokens_after ? account.tokens_after : account.tokens_before;
    return balance && balance->mint.program == well_known::kToken &&
           balance->mint.key != well_known::kWrappedSol.key;
}

TEST(TokenReplay, OfTheInstructionsGivesTheBalances) {
    std::size_t compared = 0;
    auto const block = make_block(World(7), {.transactions = 5'000, .vote_rate = 0}, {.seed = 7});
    for (Transaction const& transaction : block) {
        if (!transaction.error.empty()) continue;
        auto changes = replay(transaction);
        for (std::size_t i = 0; i < transaction.accounts.size(); ++i) {
            Account const& account = transaction.accounts[i];
            if (!moves_by_transfer_only(account)) continue;
            ASSERT_EQ(amount(account.tokens_after) - amount(account.tokens_before), changes[i]);
            ++compared;
        }
    }
    EXPECT_GT(compared, 5'000U);
}

// Lengths of events as seen on mainnet in September 2026, event-CPI prefix included.
TEST(Events, HaveTheirLengthsOnMainnet) {
    std::map<std::string, std::map<std::size_t, int>> lengths;
    auto const block = make_block(World(7), {.transactions = 2'000, .vote_rate = 0}, {.seed = 7});
    for (Transaction const& transaction : block) {
        for (Instruction const& i : transaction.instructions) {
            if (i.height == 1 || i.accounts.size() != 1) continue;
            ++lengths[transaction.accounts.at(i.program).key.text()][i.data.size()];
        }
    }
    auto& pump_fun = lengths[well_known::kPumpFun.text()];
    auto& pump_swap = lengths[well_known::kPumpSwap.text()];
    EXPECT_EQ(pump_fun.size(), 2U);
    EXPECT_EQ(pump_fun.count(382) + pump_fun.count(383), 2U);
    EXPECT_EQ(pump_swap.size(), 2U);
    EXPECT_EQ(pump_swap.count(489) + pump_swap.count(441), 2U);
    EXPECT_EQ(lengths[well_known::kJupiter.text()].count(128), 1U);
}

}  // namespace
}  // namespace indexer::simulator
