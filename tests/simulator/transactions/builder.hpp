#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/simulator/encoding/random.hpp"
#include "tests/simulator/transactions/transaction.hpp"

namespace indexer::simulator {

// Runs made-up instructions the way a validator would, so that what a transaction says agrees with
// itself: lamports are conserved but for the fee, token balances follow the transfers, and logs
// follow the calls. Accounts are meant by the number add() gave; finish() puts them in message
// order.
class TransactionBuilder {
  public:
    using AccountId = std::size_t;
    using Accounts = std::vector<AccountId>;

    TransactionBuilder(Random random, int version, Key const& payer);

    Random& random() noexcept { return random_; }
    [[nodiscard]] int version() const noexcept { return transaction_.version; }
    [[nodiscard]] AccountId payer() const noexcept { return 0; }
    [[nodiscard]] Account const& at(AccountId id) const { return transaction_.accounts.at(id); }

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
    void invoke(AccountId program, Accounts accounts, std::string data,
                std::function<void()> const& body = {});

    void log(std::string line);
    void returns(AccountId program, std::string data);

    void move_lamports(AccountId from, AccountId to, std::uint64_t amount);
    void move_tokens(AccountId from, AccountId to, std::uint64_t amount, std::uint64_t fee = 0);
    void change_supply(AccountId account, std::uint64_t minted, std::uint64_t burned);
    void open_tokens(AccountId account, Mint const& mint, Key const& owner);
    void close_tokens(AccountId account, AccountId destination);
    void sync_native(AccountId account);

    // What the payer bids: compute-budget instructions, or in version 1 the message's own members.
    void bid(std::uint64_t compute_units, std::uint64_t micro_lamports);

    void mark_vote() { transaction_.is_vote = true; }
    void forget_calls() { transaction_.records_calls = false; }

    // The transaction; with an error every effect but the fee is undone, as on chain. `error` is
    // what follows InstructionError's index, or a whole error when `of_instruction` is false.
    [[nodiscard]] Transaction finish() &&;
    [[nodiscard]] Transaction fail(std::string const& error, std::string const& log_text) &&;
    [[nodiscard]] Transaction fail_whole(std::string const& error) &&;

  private:
    AccountId add(Account account);
    Account& account(AccountId id) { return transaction_.accounts.at(id); }
    std::uint64_t consume(std::uint64_t at_most);
    void undo();
    void pay_fee();
    void put_in_message_order();

    Random random_;
    Transaction transaction_;
    unsigned depth_ = 0;
    std::uint64_t priority_fee_ = 0;
    std::uint64_t unit_limit_ = 200'000;
};

}  // namespace indexer::simulator
