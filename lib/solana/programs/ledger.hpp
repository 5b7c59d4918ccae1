#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/uint128.hpp"
#include "solana/programs/call.hpp"
#include "solana/programs/spellings.hpp"

namespace indexer::solana {

// Lamports that the system program moved. Accounts are indexes into Transaction::accounts.
struct LamportMove {
    Position at;
    std::string_view kind;  // in the words of the RPC's jsonParsed encoding
    std::uint8_t from;
    std::uint8_t to;
    std::uint64_t lamports;
};

// Tokens that SPL Token or Token-2022 moved, made or destroyed.
struct TokenMove {
    Position at;
    std::string_view program;
    std::string_view kind;             // in the words of the RPC's jsonParsed encoding
    std::optional<std::uint8_t> from;  // token accounts; nothing when minted or burned
    std::optional<std::uint8_t> to;
    std::uint8_t authority;
    std::uint64_t amount;              // what `from` lost
    std::optional<std::uint64_t> fee;  // withheld from what `to` received; nothing: not known
    std::string_view mint;             // these are empty when not known
    std::string_view from_owner;
    std::string_view to_owner;
    std::optional<std::uint8_t> decimals;
};

// The fee that Token-2022 withholds from transfers of a mint.
struct FeeRule {
    std::uint16_t basis_points;
    std::uint64_t most;

    [[nodiscard]] std::uint64_t fee_of(std::uint64_t amount) const noexcept;
};

// The moves of one transaction, in the order of execution, and what is known about its token
// accounts. Token instructions mostly name neither mint nor owner: those come from the balances
// before and after, from the instructions that open an account, and from other moves of the same
// account. Keeps its buffers from transaction to transaction; by one thread at a time.
class Ledger {
  public:
    // Forgets the last transaction. Requires: this one outlives the use of the ledger.
    void load(Transaction const& transaction);

    // For the decoders of programs. An account is an index into Transaction::accounts.
    void add(LamportMove const& move) { lamports_.push_back(move); }
    void add(TokenMove move);
    void open(std::uint8_t account, std::string_view mint, std::string_view owner);
    void change_owner(std::uint8_t account, std::string_view owner);
    void set_decimals(std::string_view mint, std::uint8_t decimals);
    // The fee that a mint's transfers pay from now on.
    void set_fee_rule(std::string_view mint, FeeRule rule);
    // What an instruction did to the amounts of these accounts is not known.
    void cloud(std::span<std::uint8_t const> accounts) noexcept;
    [[nodiscard]] std::string_view spell(base58::Bytes32 const& key) { return texts_.spell(key); }

    // After the last instruction: fills in what later instructions and balances tell about moves.
    void settle();

    [[nodiscard]] std::span<LamportMove const> lamport_moves() const noexcept { return lamports_; }
    [[nodiscard]] std::span<TokenMove const> token_moves() const noexcept { return tokens_; }
    // The moves that these calls, which follow one another, made.
    [[nodiscard]] std::span<TokenMove const> token_moves(
        std::span<Call const> calls) const noexcept;
    // Empty, or nothing, when not known.
    [[nodiscard]] std::string_view mint_of(std::uint8_t account) const noexcept;
    [[nodiscard]] std::optional<std::uint8_t> decimals_of(std::string_view mint) const noexcept;

    // An account whose balance is not what the moves lead to, or that one of them names although it
    // neither had a balance nor was opened; nothing when there is none. Wrapped SOL is left out,
    // whose amounts follow from lamports as well. Requires: what every instruction did was
    // recorded.
    [[nodiscard]] std::optional<std::uint8_t> unexplained();

  private:
    struct TokenAccount {
        std::string_view mint;
        std::string_view owner;       // as of the instruction being decoded
        std::string_view last_owner;  // when the transaction ended
        std::uint64_t before = 0;     // amounts; 0 also when it was not open
        std::uint64_t after = 0;
        bool recorded = false;  // in one of the balances
        bool opened = false;
        bool clouded = false;
    };
    // What the moves say about one account.
    struct Flow {
        base::Uint128 in = 0;
        base::Uint128 withheld = 0;  // at most, of what came in
        base::Uint128 out = 0;
    };
    struct Decimals {
        std::string_view mint;
        std::uint8_t decimals;
    };
    struct MintRule {
        std::string_view mint;
        FeeRule rule;
    };

    [[nodiscard]] static bool explains(Flow const& flow, TokenAccount const& account) noexcept;
    [[nodiscard]] TokenAccount* find(std::uint8_t account) noexcept;
    [[nodiscard]] std::string_view known_mint(TokenMove const& move) const noexcept;
    void learn_mint(TokenMove const& move);
    void settle(TokenMove& move) const noexcept;
    [[nodiscard]] std::optional<std::uint64_t> fee_by_rule(TokenMove const& move) const noexcept;
    [[nodiscard]] std::optional<std::uint64_t> fee_by_balance(TokenMove const& move) const noexcept;
    std::vector<TokenAccount> accounts_;
    std::vector<Decimals> decimals_;
    std::vector<MintRule> rules_;
    bool all_recorded_ = false;  // every call, and the balances before and after
    std::vector<LamportMove> lamports_;
    std::vector<TokenMove> tokens_;
    std::vector<Flow> flows_;  // by account
    Spellings texts_;
};

}  // namespace indexer::solana
