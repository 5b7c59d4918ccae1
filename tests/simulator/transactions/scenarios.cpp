#include "tests/simulator/transactions/scenarios.hpp"

#include <array>
#include <string_view>

#include "tests/simulator/transactions/everyday.hpp"
#include "tests/simulator/transactions/programs.hpp"
#include "tests/simulator/transactions/swaps.hpp"

namespace indexer::simulator {
namespace {

constexpr std::uint64_t kCount = 200;
constexpr std::uint64_t kTransaction = 201;

// Of a hundred transactions that are not votes, how many do this.
struct Scenario {
    unsigned weight;
    void (*run)(TransactionBuilder&, World const&);
};

constexpr std::array kScenarios{
    Scenario{13, everyday::pay_people},   Scenario{14, everyday::send_tokens},
    Scenario{3, everyday::send_with_fee}, Scenario{3, everyday::send_batch},
    Scenario{3, everyday::mint_or_burn},  Scenario{8, everyday::swap_on_v4},
    Scenario{6, everyday::swap_on_clmm},  Scenario{5, everyday::swap_on_cpmm},
    Scenario{8, everyday::buy_with_sol},  Scenario{12, jupiter::route},
    Scenario{8, pump::trade_on_curve},    Scenario{8, pump::trade_in_pool},
    Scenario{9, everyday::call_unknown},
};

constexpr unsigned total_weight() {
    unsigned sum = 0;
    for (Scenario const& scenario : kScenarios) sum += scenario.weight;
    return sum;
}
static_assert(total_weight() == 100);

void run_scenario(TransactionBuilder& tx, World const& world) {
    auto left = tx.random().below(total_weight());
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
    Failure{R"("ComputationalBudgetExceeded")", "Computational budget exceeded"},
    Failure{R"("IllegalOwner")", "Provided owner is not allowed"},
};

// Mostly an instruction fails; now and then the transaction as a whole.
Transaction fail(TransactionBuilder&& tx) {
    auto const die = tx.random().below(100);
    if (die < 5) {
        return std::move(tx).fail_whole(R"({"InsufficientFundsForRent":{"account_index":0}})");
    }
    if (die < 10) return std::move(tx).fail_unrun(R"("ProgramAccountNotFound")");
    auto const& failure = kFailures.at(tx.random().below(kFailures.size()));
    return std::move(tx).fail_last(std::string(failure.error), std::string(failure.log));
}

Transaction make_vote(World const& world, Random random, BlockPlan const& plan) {
    auto const validator = world.validator(random);
    TransactionBuilder tx(random, Transaction::kLegacy, validator, plan.time);
    vote::tower_sync(tx, tx.writable(World::vote_account(validator), 27'074'400), plan.slot);
    tx.mark_vote();
    return std::move(tx).finish();
}

int random_version(Random& random, Mixture const& mixture) {
    if (random.chance(mixture.version_1_rate)) return 1;
    return random.chance(0.6) ? 0 : Transaction::kLegacy;
}

Transaction make_call(World const& world, Mixture const& mixture, Random random,
                      BlockPlan const& plan) {
    int const version = random_version(random, mixture);
    auto const user = world.user(random);
    TransactionBuilder tx(random, version, user, plan.time);
    if (version == 1 || tx.random().chance(0.8)) {
        tx.bid(tx.random().between(100'000, 400'000), tx.random().between(1, 200'000));
    }
    run_scenario(tx, world);
    if (tx.random().chance(0.01)) tx.forget_calls();
    if (tx.random().chance(mixture.failure_rate)) return fail(std::move(tx));
    return std::move(tx).finish();
}

}  // namespace

std::vector<Transaction> make_block(World const& world, Mixture const& mixture,
                                    BlockPlan const& plan) {
    Random random(mix(plan.seed, kCount, plan.content));
    auto const half = mixture.transactions / 2;
    std::vector<Transaction> transactions(mixture.transactions - half + random.below(2 * half + 1));
    for (std::size_t i = 0; i < transactions.size(); ++i) {
        bool const is_vote = random.chance(mixture.vote_rate);
        Random const own(mix(plan.seed, kTransaction, plan.content, i));
        transactions[i] =
            is_vote ? make_vote(world, own, plan) : make_call(world, mixture, own, plan);
    }
    return transactions;
}

}  // namespace indexer::simulator
