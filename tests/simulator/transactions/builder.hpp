#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/simulator/encoding/random.hpp"
#include "tests/simulator/transactions/transaction.hpp"

namespace indexer::simulator {

// An account of a transaction, by the order in which the builder met it.
using AccountId = std::size_t;
using AccountIds = std::vector<AccountId>;

// Runs made-up instructions the way a validator would, so that what a transaction says agrees with
// itself: lamports are conserved but for the fee, token balances follow the transfers, and logs
// follow the calls. Accounts are meant by the number add() gave; finish() puts them in message
// order.
class TransactionBuilder {
  public:
    // `time` is the block's, in seconds since 1970.
    TransactionBuilder(Random random, int version, Key const& payer, std::uint64_t time);

    Random& random() noexcept { return random_; }
    [[nodiscard]] std::uint64_t time() const noexcept { return time_; }
    [[nodiscard]] int version() const noexcept { return transaction_.version; }
    // NOLINTNEXTLINE(readability-convert-member-functions-to-static): said of a transaction
    [[nodiscard]] AccountId payer() const noexcept { return 0; }
    // A copy: accounts move in memory when others are added.
    [[nodiscard]] Account at(AccountId id) const { return transaction_.accounts.at(id); }

    // An account as it was before. The same key twice is one account, writable if either is.
    AccountId writable(Key const& key, std::uint64_t lamports);
    AccountId readonly(Key const& key, std::uint64_t lamports);
    AccountId signer(Key const& key, std::uint64_t lamports);
    AccountId program(Key const& key);
    AccountId tokens(Key const& key, TokenBalance const& balance);
    AccountId mint(Mint const& mint);

    // Comes from a lookup table; only version-0 transactions have those, else nothing changes.
    AccountId from_table(AccountId id);

    // Calls a program: the instruction, what it does in turn, and the log lines around it.
    void invoke(AccountId program, AccountIds accounts, std::string data,
                std::function<void()> const& body = {});

    void log(std::string line);
    void returns(AccountId program, std::string data);

    void move_lamports(AccountId from, AccountId to, std::uint64_t amount);
    void move_tokens(AccountId from, AccountId to, std::uint64_t amount, std::uint64_t fee = 0);
    void change_supply(AccountId id, std::uint64_t minted, std::uint64_t burned);
    void open_tokens(AccountId id, Mint const& mint, Key const& owner);
    void close_tokens(AccountId id, AccountId destination);
    void sync_native(AccountId id);

    // What the payer bids: compute-budget instructions, or in version 1 the message's own members.
    void bid(std::uint64_t compute_units, std::uint64_t micro_lamports);

    void mark_vote() { transaction_.is_vote = true; }
    // As a node that kept neither inner instructions nor logs. Real ones are from 2020, when no
    // program called another, so one with inner instructions keeps them.
    void forget_calls();

    // The transaction, which succeeded.
    [[nodiscard]] Transaction finish() &&;

    // The transaction, failed: every effect but the fee is undone. Errors are JSON. Either its last
    // instruction failed (the log says why), or the whole did after all of it ran, or it was never
    // run because an account it needs could not be loaded.
    [[nodiscard]] Transaction fail_last(std::string const& error, std::string const& why) &&;
    [[nodiscard]] Transaction fail_whole(std::string const& error) &&;
    [[nodiscard]] Transaction fail_unrun(std::string const& error) &&;

  private:
    AccountId add(Account added);
    Account& account(AccountId id) { return transaction_.accounts.at(id); }
    std::uint64_t consume(std::uint64_t at_most);
    void undo();
    void pay_fee();
    void truncate_logs();
    void put_in_message_order();

    Random random_;
    std::uint64_t time_;
    Transaction transaction_;
    unsigned depth_ = 0;
    std::uint64_t priority_fee_ = 0;
    std::uint64_t unit_limit_ = 200'000;
};

}  // namespace indexer::simulator
