#include "tests/simulator/transactions/world.hpp"

#include <cstring>

#include "tests/simulator/transactions/well_known.hpp"

namespace indexer::simulator {
namespace {

constexpr std::uint64_t kUser = 100;
constexpr std::uint64_t kCoin = 101;
constexpr std::uint64_t kCoin2022 = 102;
constexpr std::uint64_t kValidator = 103;
constexpr std::uint64_t kVoteAccount = 104;
constexpr std::uint64_t kProgram = 105;

constexpr std::uint64_t kUsers = 20'000;
constexpr std::uint64_t kCoins = 500;
constexpr std::uint64_t kValidators = 1'000;
constexpr std::uint64_t kPrograms = 40;

std::uint64_t fingerprint(Key const& key) {
    std::uint64_t word = 0;
    std::memcpy(&word, key.bytes.data(), sizeof word);
    return word;
}

}  // namespace

Key World::user(Random& random) const {
    return random_key(mix(seed_, kUser, random.below(kUsers)));
}

Mint World::coin(Random& random) const {
    auto const n = random.below(kCoins);
    return {random_key(mix(seed_, kCoin, n)), well_known::kToken, n % 3 == 0 ? 9U : 6U};
}

Mint World::coin_2022(Random& random) const {
    return {random_key(mix(seed_, kCoin2022, random.below(kCoins))), well_known::kToken2022, 6};
}

Pool World::pool_of(Mint const& coin, Mint const& quote) {
    auto const address = derived(coin.key, fingerprint(quote.key));
    return {address, coin, quote, derived(address, 1), derived(address, 2)};
}

Pool World::pool(Random& random) const {
    auto const coin = this->coin(random);
    return pool_of(coin, random.chance(0.8) ? well_known::kWrappedSol : well_known::kUsdc);
}

Pool World::sol_pool(Random& random) const {
    return pool_of(coin(random), well_known::kWrappedSol);
}

Key World::validator(Random& random) const {
    return random_key(mix(seed_, kValidator, random.below(kValidators)));
}

Key World::vote_account(Key const& validator) {
    return derived(validator, kVoteAccount);
}

Key World::program(Random& random) const {
    return random_key(mix(seed_, kProgram, random.below(kPrograms)));
}

Key World::token_address(Key const& owner, Key const& mint) {
    return random_key(mix(fingerprint(owner), fingerprint(mint)));
}

Key World::derived(Key const& of, std::uint64_t n) {
    return random_key(mix(fingerprint(of), n));
}

AccountId wallet_tokens(TransactionBuilder& tx, Key const& owner, Mint const& mint,
                        std::uint64_t amount) {
    return tx.tokens(World::token_address(owner, mint.key),
                     {.mint = mint, .owner = owner, .amount = amount});
}

}  // namespace indexer::simulator
