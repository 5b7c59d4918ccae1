#pragma once

#include <cstdint>

#include "tests/simulator/encoding/random.hpp"
#include "tests/simulator/transactions/builder.hpp"

namespace indexer::simulator {

// A pool that trades a coin for wrapped SOL or USDC.
struct Pool {
    Key key;
    Mint coin;
    Mint quote;
    Key coin_vault;
    Key quote_vault;
};

// Who lives on the chain: the same seed always names the same users, mints, pools and validators,
// so that they meet again from block to block.
class World {
  public:
    explicit World(std::uint64_t seed) : seed_(seed) {}

    [[nodiscard]] Key user(Random& random) const;
    [[nodiscard]] Mint coin(Random& random) const;       // SPL Token
    [[nodiscard]] Mint coin_2022(Random& random) const;  // Token-2022
    [[nodiscard]] Pool pool(Random& random) const;
    [[nodiscard]] Pool sol_pool(Random& random) const;
    [[nodiscard]] Key validator(Random& random) const;
    [[nodiscard]] static Key vote_account(Key const& validator);
    [[nodiscard]] Key program(Random& random) const;  // one that no decoder knows

    // Where the owner keeps tokens of the mint.
    [[nodiscard]] static Key token_address(Key const& owner, Key const& mint);

    // An address that belongs to another: an open-orders account, a bonding curve and the like.
    [[nodiscard]] static Key derived(Key const& of, std::uint64_t n);

  private:
    [[nodiscard]] static Pool pool_of(Mint const& coin, Mint const& quote);

    std::uint64_t seed_;
};

// The owner's token account as the transaction finds it.
AccountId wallet_tokens(TransactionBuilder& tx, Key const& owner, Mint const& mint,
                        std::uint64_t amount);

}  // namespace indexer::simulator
