#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/transactions/programs.hpp"
#include "tests/simulator/transactions/well_known.hpp"

namespace indexer::simulator::token {
namespace {

constexpr std::uint64_t kTransfer = 3;
constexpr std::uint64_t kMintTo = 7;
constexpr std::uint64_t kBurn = 8;
constexpr std::uint64_t kCloseAccount = 9;
constexpr std::uint64_t kTransferChecked = 12;
constexpr std::uint64_t kSyncNative = 17;
constexpr std::uint64_t kInitializeAccount3 = 18;
constexpr std::uint64_t kGetAccountDataSize = 21;
constexpr std::uint64_t kInitializeImmutableOwner = 22;
constexpr std::uint64_t kBatch = 255;

constexpr std::uint64_t kAccountSize = 165;

Mint mint_of(TransactionBuilder& tx, AccountId account) {
    return tx.at(account).tokens_after->mint;
}

AccountId program_of(TransactionBuilder& tx, AccountId account) {
    return tx.program(mint_of(tx, account).program);
}

std::function<void()> saying(TransactionBuilder& tx, char const* instruction,
                             std::function<void()> effect) {
    return [&tx, instruction, effect = std::move(effect)] {
        tx.log(std::string("Program log: Instruction: ") + instruction);
        effect();
    };
}

}  // namespace

void transfer(TransactionBuilder& tx, AccountId from, AccountId to, AccountId authority,
              std::uint64_t amount) {
    tx.invoke(program_of(tx, from), {from, to, authority}, Bytes().u8(kTransfer).u64(amount),
              saying(tx, "Transfer", [&] { tx.move_tokens(from, to, amount); }));
}

void transfer_checked(TransactionBuilder& tx, AccountId from, AccountId to, AccountId authority,
                      std::uint64_t amount, std::uint64_t fee) {
    Mint const mint = mint_of(tx, from);
    tx.invoke(program_of(tx, from), {from, tx.mint(mint), to, authority},
              Bytes().u8(kTransferChecked).u64(amount).u8(mint.decimals),
              saying(tx, "TransferChecked", [&] { tx.move_tokens(from, to, amount, fee); }));
}

void mint_to(TransactionBuilder& tx, AccountId to, AccountId authority, std::uint64_t amount) {
    tx.invoke(program_of(tx, to),
              {tx.writable(mint_of(tx, to).key, well_known::kMintLamports), to, authority},
              Bytes().u8(kMintTo).u64(amount),
              saying(tx, "MintTo", [&] { tx.change_supply(to, amount, 0); }));
}

void burn(TransactionBuilder& tx, AccountId from, AccountId authority, std::uint64_t amount) {
    tx.invoke(program_of(tx, from),
              {from, tx.writable(mint_of(tx, from).key, well_known::kMintLamports), authority},
              Bytes().u8(kBurn).u64(amount),
              saying(tx, "Burn", [&] { tx.change_supply(from, 0, amount); }));
}

void close_account(TransactionBuilder& tx, AccountId account, AccountId destination,
                   AccountId owner) {
    tx.invoke(program_of(tx, account), {account, destination, owner}, Bytes().u8(kCloseAccount),
              saying(tx, "CloseAccount", [&] { tx.close_tokens(account, destination); }));
}

void sync_native(TransactionBuilder& tx, AccountId account) {
    tx.invoke(program_of(tx, account), {account}, Bytes().u8(kSyncNative),
              saying(tx, "SyncNative", [&] { tx.sync_native(account); }));
}

AccountId create_associated(TransactionBuilder& tx, Key const& address, Key const& owner,
                            Mint const& mint) {
    auto const program = tx.program(mint.program);
    auto const minted = tx.mint(mint);
    auto const account = tx.writable(address, 0);
    auto const wallet = owner == tx.at(tx.payer()).key ? tx.payer() : tx.readonly(owner, 890'880);
    auto const initialize = [&] {
        tx.log("Program log: CreateIdempotent");
        tx.invoke(program, {minted}, Bytes().u8(kGetAccountDataSize).u16(7),
                  saying(tx, "GetAccountDataSize",
                         [&] { tx.returns(program, Bytes().u64(kAccountSize)); }));
        system_program::create_account(tx, tx.payer(), account, well_known::kTokenAccountRent,
                                       kAccountSize, mint.program);
        tx.log("Program log: Initialize the associated token account");
        tx.invoke(program, {account}, Bytes().u8(kInitializeImmutableOwner),
                  saying(tx, "InitializeImmutableOwner", [] {}));
        tx.invoke(program, {account, minted}, Bytes().u8(kInitializeAccount3).add(owner),
                  saying(tx, "InitializeAccount3", [&] { tx.open_tokens(account, mint, owner); }));
    };
    tx.invoke(tx.program(well_known::kAssociatedToken),
              {tx.payer(), account, wallet, minted, tx.program(well_known::kSystem), program},
              Bytes().u8(1), initialize);
    return account;
}

void batch(TransactionBuilder& tx, std::vector<BatchedTransfer> const& transfers) {
    Bytes data;
    data.u8(kBatch);
    AccountIds accounts;
    for (BatchedTransfer const& t : transfers) {
        data.u8(3).u8(9).u8(kTransfer).u64(t.amount);
        accounts.insert(accounts.end(), {t.from, t.to, t.authority});
    }
    tx.invoke(program_of(tx, transfers.front().from), accounts, data, [&] {
        for (BatchedTransfer const& t : transfers) tx.move_tokens(t.from, t.to, t.amount);
    });
}

}  // namespace indexer::simulator::token
