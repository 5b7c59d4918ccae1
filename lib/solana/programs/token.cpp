#include "solana/programs/token.hpp"

#include <algorithm>
#include <array>

#include "solana/programs.hpp"
#include "solana/programs/byte_reader.hpp"
#include "solana/programs/ledger.hpp"
#include "solana/programs/program.hpp"

namespace indexer::solana {
namespace {

enum class Tag : std::uint8_t {
    initialize_mint = 0,          // u8 decimals, …; mint, …
    initialize_account = 1,       // account, mint, owner, …
    transfer = 3,                 // u64 amount; source, destination, authority
    set_authority = 6,            // u8 type, u8 option, 32 new one if option; account, …
    mint_to = 7,                  // u64 amount; mint, account, authority
    burn = 8,                     // u64 amount; account, mint, authority
    transfer_checked = 12,        // u64 amount, u8 decimals; source, mint, destination, authority
    mint_to_checked = 14,         // u64 amount, u8 decimals; as mintTo
    burn_checked = 15,            // u64 amount, u8 decimals; as burn
    initialize_account2 = 16,     // 32 owner; account, mint, …
    initialize_account3 = 18,     // 32 owner; account, mint
    initialize_mint2 = 20,        // as initializeMint
    transfer_fee_extension = 26,  // u8 sub-tag, …
    batch = 255,                  // instructions: u8 accounts, u8 bytes, those bytes
};
// Its sub-tags.
enum class FeeTag : std::uint8_t {
    initialize = 0,          // authorities: u8 option, 32 if option; twice; u16 basis points, u64
    transfer_checked = 1,    // u64 amount, u8 decimals, u64 fee; as transferChecked
    withdraw_from_mint = 2,  // mint, account, …
    withdraw = 3,  // u8 accounts; mint, account, authority, …, accounts it is taken from
    harvest = 4,   // mint, accounts it is taken from
    set = 5,       // of transfers two epochs later
};
constexpr std::uint8_t kAccountOwner = 2;  // type of authority

// Instructions that leave the amounts of the accounts they name alone.
constexpr std::array<std::uint8_t, 27> kMovesNothing{
    2,  4,  5,       // initializeMultisig, approve, revoke
    9,  10, 11, 13,  // closeAccount (of an empty one, or of wrapped SOL), freeze, thaw, approve
    19, 21, 22, 23, 24,
    25,  // initializeMultisig2, sizes, immutable owner, spellings, close authority
    28, 29, 30, 31, 32,
    33,                  // default state, reallocate, memo, native mint, non transferable, interest
    34, 35, 36, 38, 39,  // cpi guard, permanent delegate, hook, excess lamports, metadata pointer
    40, 41, 43,          // group pointer, member pointer, scaled amount
};

// One instruction being decoded.
class Decoder {
  public:
    Decoder(Call const& call, Ledger& ledger) noexcept
        : call_(call), ledger_(ledger), in_(call.data) {}

    void decode();

  private:
    void other(std::uint8_t tag);
    void initialize_account(std::string_view owner);
    void set_authority();
    void transfer_fee_extension();
    void initialize_fee();
    void batch();

    void transfer(std::string_view kind);
    TokenMove checked(std::string_view kind);
    void mint(std::string_view kind, bool checked);
    void burn(std::string_view kind, bool checked);

    TokenMove move(std::string_view kind, std::uint64_t amount);
    std::optional<std::uint8_t> decimals(bool checked);

    Call const& call_;
    Ledger& ledger_;
    ByteReader in_;
};

void Decoder::decode() {
    auto const tag = Tag(in_.u8());
    switch (tag) {
        case Tag::initialize_mint:
        case Tag::initialize_mint2:
            return ledger_.set_decimals(call_.address(0), in_.u8());
        case Tag::initialize_account:
            return initialize_account(call_.address(2));
        case Tag::initialize_account2:
        case Tag::initialize_account3:
            return initialize_account(ledger_.spell(in_.key()));
        case Tag::transfer:
            return transfer("transfer");
        case Tag::set_authority:
            return set_authority();
        case Tag::mint_to:
            return mint("mintTo", false);
        case Tag::mint_to_checked:
            return mint("mintToChecked", true);
        case Tag::burn:
            return burn("burn", false);
        case Tag::burn_checked:
            return burn("burnChecked", true);
        case Tag::transfer_checked:
            return ledger_.add(checked("transferChecked"));
        case Tag::transfer_fee_extension:
            return transfer_fee_extension();
        case Tag::batch:
            return batch();
        default:
            return other(static_cast<std::uint8_t>(tag));
    }
}

void Decoder::other(std::uint8_t tag) {
    auto const* const known = std::find(kMovesNothing.begin(), kMovesNothing.end(), tag);
    if (known == kMovesNothing.end()) ledger_.cloud(call_.accounts);
}

void Decoder::initialize_account(std::string_view owner) {
    ledger_.open(call_.account(0), call_.address(1), owner);
}

void Decoder::set_authority() {
    if (in_.u8() != kAccountOwner || !in_.boolean()) return;
    ledger_.change_owner(call_.account(0), ledger_.spell(in_.key()));
}

// What was withheld is no part of an account's amount, so that only who gets it is touched.
void Decoder::transfer_fee_extension() {
    switch (FeeTag(in_.u8())) {
        case FeeTag::initialize:
            return initialize_fee();
        case FeeTag::transfer_checked: {
            auto move = checked("transferCheckedWithFee");
            move.fee = in_.u64();
            return ledger_.add(move);
        }
        case FeeTag::withdraw_from_mint:
        case FeeTag::withdraw:
            static_cast<void>(call_.account(1));
            return ledger_.cloud(call_.accounts.subspan(1, 1));
        case FeeTag::harvest:
        case FeeTag::set:
            return;
        default:
            return ledger_.cloud(call_.accounts);
    }
}

void Decoder::initialize_fee() {
    for (int authority = 0; authority < 2; ++authority) {
        if (in_.boolean()) in_.skip(32);
    }
    auto const basis_points = in_.u16();
    ledger_.set_fee_rule(call_.address(0), {basis_points, in_.u64()});
}

// A batch makes no inner instructions, and the program refuses one inside another.
void Decoder::batch() {
    Call inner = call_;
    inner.at.batch_index = 0;
    for (std::size_t used = 0; !in_.rest().empty(); ++inner.at.batch_index) {
        std::size_t const accounts = in_.u8();
        inner.data = in_.bytes(in_.u8());
        if (used + accounts > call_.accounts.size()) {
            throw undecodable("names " + std::to_string(call_.accounts.size()) + " accounts");
        }
        inner.accounts = call_.accounts.subspan(used, accounts);
        used += accounts;
        if (inner.data.starts_with(static_cast<char>(Tag::batch)))
            throw undecodable("holds a batch");
        Decoder(inner, ledger_).decode();
    }
}

void Decoder::transfer(std::string_view kind) {
    auto result = move(kind, in_.u64());
    result.from = call_.account(0);
    result.to = call_.account(1);
    result.authority = call_.account(2);
    ledger_.add(result);
}

TokenMove Decoder::checked(std::string_view kind) {
    auto result = move(kind, in_.u64());
    result.decimals = in_.u8();
    result.from = call_.account(0);
    result.mint = call_.address(1);
    result.to = call_.account(2);
    result.authority = call_.account(3);
    return result;
}

void Decoder::mint(std::string_view kind, bool checked) {
    auto result = move(kind, in_.u64());
    result.decimals = decimals(checked);
    result.mint = call_.address(0);
    result.to = call_.account(1);
    result.authority = call_.account(2);
    result.fee = 0;
    ledger_.add(result);
}

void Decoder::burn(std::string_view kind, bool checked) {
    auto result = move(kind, in_.u64());
    result.decimals = decimals(checked);
    result.from = call_.account(0);
    result.mint = call_.address(1);
    result.authority = call_.account(2);
    result.fee = 0;
    ledger_.add(result);
}

// SPL Token knows no fees.
TokenMove Decoder::move(std::string_view kind, std::uint64_t amount) {
    TokenMove result{};
    result.at = call_.at;
    result.program = call_.program->address;
    result.kind = kind;
    result.amount = amount;
    if (result.program == programs::kToken) result.fee = 0;
    return result;
}

std::optional<std::uint8_t> Decoder::decimals(bool checked) {
    if (!checked) return std::nullopt;
    return in_.u8();
}

}  // namespace

void token_moves(Call const& call, Ledger& ledger) {
    Decoder(call, ledger).decode();
}

}  // namespace indexer::solana
