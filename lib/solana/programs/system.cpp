#include "solana/programs/system.hpp"

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/ledger.hpp"

namespace indexer::solana {
namespace {

enum class Tag : std::uint32_t {
    create_account = 0,            // u64 lamports, …; funder, new account
    transfer = 2,                  // u64 lamports; from, to
    create_account_with_seed = 3,  // 32 base, u64 length + seed, u64 lamports, …; funder, new
    withdraw_nonce_account = 5,    // u64 lamports; nonce account, to, …
    transfer_with_seed = 11,       // u64 lamports, …; from, base, to
    create_account_allow_prefund = 13,  // u64 lamports, …; new account, funder where lamports > 0
};

std::uint64_t lamports_behind_seed(ByteReader& in) {
    in.skip(32);
    in.skip(in.u64());
    return in.u64();
}

}  // namespace

void system_moves(Call const& call, Ledger& ledger) {
    ByteReader in(call.data);
    auto const add = [&](std::string_view kind, std::size_t from, std::size_t to,
                         std::uint64_t lamports) {
        ledger.add(LamportMove{call.at, kind, call.account(from), call.account(to), lamports});
    };
    switch (Tag(in.u32())) {
        case Tag::create_account:
            return add("createAccount", 0, 1, in.u64());
        case Tag::transfer:
            return add("transfer", 0, 1, in.u64());
        case Tag::create_account_with_seed:
            return add("createAccountWithSeed", 0, 1, lamports_behind_seed(in));
        case Tag::withdraw_nonce_account:
            return add("withdrawFromNonce", 0, 1, in.u64());
        case Tag::transfer_with_seed:
            return add("transferWithSeed", 0, 2, in.u64());
        case Tag::create_account_allow_prefund:
            if (auto const lamports = in.u64(); lamports > 0) {
                add("createAccountAllowPrefund", 1, 0, lamports);
            }
            return;
        default:
            return;
    }
}

}  // namespace indexer::solana
