#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/simulator/transactions/builder.hpp"

// Calls of real programs: instruction data and accounts laid out as on mainnet, effects included.
namespace indexer::simulator {

namespace compute_budget {

void set_unit_limit(TransactionBuilder& tx, std::uint64_t units);
void set_unit_price(TransactionBuilder& tx, std::uint64_t micro_lamports);

}  // namespace compute_budget

namespace system_program {

void transfer(TransactionBuilder& tx, AccountId from, AccountId to, std::uint64_t lamports);
void create_account(TransactionBuilder& tx, AccountId funder, AccountId created,
                    std::uint64_t lamports, std::uint64_t space, Key const& owner);

}  // namespace system_program

namespace vote {

void tower_sync(TransactionBuilder& tx, AccountId vote_account, std::uint64_t slot);

}  // namespace vote

namespace memo {

// `logged` is the text as Rust's debug format shows it.
void write(TransactionBuilder& tx, std::string_view text, std::string_view logged);

}  // namespace memo

// SPL Token and Token-2022: which of the two follows from the mint. Requires: the accounts named
// are token accounts of one mint.
namespace token {

void transfer(TransactionBuilder& tx, AccountId from, AccountId to, AccountId authority,
              std::uint64_t amount);
// `fee` is withheld in the destination (Token-2022 only).
void transfer_checked(TransactionBuilder& tx, AccountId from, AccountId to, AccountId authority,
                      std::uint64_t amount, std::uint64_t fee = 0);
void mint_to(TransactionBuilder& tx, AccountId to, AccountId authority, std::uint64_t amount);
void burn(TransactionBuilder& tx, AccountId from, AccountId authority, std::uint64_t amount);
void close_account(TransactionBuilder& tx, AccountId account, AccountId destination,
                   AccountId owner);
void sync_native(TransactionBuilder& tx, AccountId account);

// The payer creates the owner's associated account for the mint, and it starts empty.
AccountId create_associated(TransactionBuilder& tx, Key const& address, Key const& owner,
                            Mint const& mint);

// Several transfers in one instruction (tag 255, without inner instructions): a source,
// destination and authority each.
struct BatchedTransfer {
    AccountId from;
    AccountId to;
    AccountId authority;
    std::uint64_t amount;
};
void batch(TransactionBuilder& tx, std::vector<BatchedTransfer> const& transfers);

}  // namespace token

}  // namespace indexer::simulator
