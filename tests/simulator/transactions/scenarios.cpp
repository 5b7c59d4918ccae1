#include "tests/simulator/transactions/scenarios.hpp"

#include <array>
#include <string_view>

#include "tests/simulator/transactions/programs.hpp"
#include "tests/simulator/transactions/swaps.hpp"
#include "tests/simulator/transactions/well_known.hpp"

namespace indexer::simulator {
namespace {

enum Purpose : std::uint64_t { kCount = 200, kTransaction };

Transaction make_vote(World const& world, Random random, std::uint64_t slot) {
    auto const validator = world.validator(random);
    TransactionBuilder tx(random, Transaction::kLegacy, validator);
    vote::tower_sync(tx, tx.writable(world.vote_account(validator), 27'074'400), slot);
    tx.mark_vote();
    return std::move(tx).finish();
}

void pay_people(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    for (auto left = random.between(1, 3); left > 0; --left) {
        auto const to = tx.writable(world.user(random), random.below(1'000'000'000));
        system_program::transfer(tx, tx.payer(), to, random.between(5'000, 200'000'000));
    }
    if (random.chance(0.3)) memo::write(tx, "invoice \"7\" \xE2\x82\xAC 12.50");
}

// Half of the time the receiver has no token account yet and the payer opens one.
void send_tokens(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    auto const mint = random.chance(0.3) ? well_known::kUsdc : world.coin(random);
    auto const amount = random.between(1, 50'000'000'000);
    auto const from =
        wallet_tokens(tx, tx.at(tx.payer()).key, mint, amount + random.below(1'000'000));
    auto const receiver = world.user(random);
    auto const to =
        random.chance(0.5)
            ? token::create_associated(tx, World::token_address(receiver, mint.key), receiver, mint)
            : wallet_tokens(tx, receiver, mint, random.below(1'000'000'000));
    if (random.chance(0.5)) {
        token::transfer(tx, from, to, tx.payer(), amount);
    } else {
        token::transfer_checked(tx, from, to, tx.payer(), amount);
    }
}

void swap_on_raydium(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    raydium::swap_v4(tx, random_trade(random, world.pool(random)));
}

// Of a hundred transactions that are not votes, how many do this.
struct Scenario {
    unsigned weight;
    void (*run)(TransactionBuilder&, World const&);
};

constexpr std::array kScenarios{
    Scenario{30, pay_people},
    Scenario{30, send_tokens},
    Scenario{40, swap_on_raydium},
};

void run_scenario(TransactionBuilder& tx, World const& world) {
    auto left = tx.random().below(100);
    for (Scenario const& scenario : kScenarios) {
        if (left < scenario.weight) return scenario.run(tx, world);
        left -= scenario.weight;
    }
}

struct Failure {
    std::string_view error;
    std::string_view log;
};

constexpr std::array kFailures{
    Failure{R"({"Custom":6001})", "custom program error: 0x1771"},
    Failure{R"({"Custom":1})", "custom program error: 0x1"},
    Failure{R"({"Custom":3131746989})", "custom program error: 0xbaaaaaad"},
    Failure{R"("InsufficientFunds")", "insufficient funds for instruction"},
    Failure{R"("ProgramFailedToComplete")", "SBF program panicked"},
    Failure{R"("IllegalOwner")", "Provided owner is not allowed"},
};

Transaction fail(TransactionBuilder&& tx) {
    if (tx.random().chance(0.05)) {
        return std::move(tx).fail_whole(R"({"InsufficientFundsForRent":{"account_index":0}})");
    }
    auto const& failure = kFailures.at(tx.random().below(kFailures.size()));
    return std::move(tx).fail(std::string(failure.error), std::string(failure.log));
}

Transaction make_call(World const& world, Mixture const& mixture, Random random) {
    int const version = random.chance(mixture.version_1_rate) ? 1
                        : random.chance(0.6)                  ? 0
                                                              : Transaction::kLegacy;
    auto const user = world.user(random);
    TransactionBuilder tx(random, version, user);
    if (version == 1 || tx.random().chance(0.8)) {
        tx.bid(tx.random().between(100'000, 400'000), tx.random().between(1, 200'000));
    }
    run_scenario(tx, world);
    if (tx.random().chance(0.01)) tx.forget_calls();
    if (tx.random().chance(mixture.failure_rate)) return fail(std::move(tx));
    return std::move(tx).finish();
}

}  // namespace

std::vector<Transaction> make_block(World const& world, Mixture const& mixture, std::uint64_t seed,
                                    std::uint64_t slot) {
    Random random(mix(seed, kCount, slot));
    auto const half = mixture.transactions / 2;
    std::vector<Transaction> transactions(mixture.transactions - half + random.below(2 * half + 1));
    for (std::size_t i = 0; i < transactions.size(); ++i) {
        bool const is_vote = random.chance(mixture.vote_rate);
        Random const own(mix(seed, kTransaction, slot, i));
        transactions[i] = is_vote ? make_vote(world, own, slot) : make_call(world, mixture, own);
    }
    return transactions;
}

}  // namespace indexer::simulator
