#include "tests/simulator/transactions/programs.hpp"

#include <fmt/format.h>

#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/transactions/well_known.hpp"

namespace indexer::simulator {

void compute_budget::set_unit_limit(TransactionBuilder& tx, std::uint64_t units) {
    tx.invoke(tx.program(well_known::kComputeBudget), {}, Bytes().u8(2).u32(units));
}

void compute_budget::set_unit_price(TransactionBuilder& tx, std::uint64_t micro_lamports) {
    tx.invoke(tx.program(well_known::kComputeBudget), {}, Bytes().u8(3).u64(micro_lamports));
}

void system_program::transfer(TransactionBuilder& tx, AccountId from, AccountId to,
                              std::uint64_t lamports) {
    tx.invoke(tx.program(well_known::kSystem), {from, to}, Bytes().u32(2).u64(lamports),
              [&] { tx.move_lamports(from, to, lamports); });
}

void system_program::create_account(TransactionBuilder& tx, AccountId funder, AccountId created,
                                    std::uint64_t lamports, std::uint64_t space, Key const& owner) {
    tx.invoke(tx.program(well_known::kSystem), {funder, created},
              Bytes().u32(0).u64(lamports).u64(space).add(owner),
              [&] { tx.move_lamports(funder, created, lamports); });
}

// TowerSync (14): the compact vote state, 31 lockouts of which all but the first are offsets.
void vote::tower_sync(TransactionBuilder& tx, AccountId vote_account, std::uint64_t slot) {
    constexpr unsigned kLockouts = 31;
    Bytes data;
    data.u32(14).u64(slot - kLockouts).u8(kLockouts);
    for (unsigned i = 0; i < kLockouts; ++i) data.u8(1).u8(kLockouts - i);
    data.add(random_key(mix(slot, 1))).u8(1).u64(slot * 2 / 5).add(random_key(mix(slot, 2)));
    tx.invoke(tx.program(well_known::kVote), {vote_account, tx.payer()}, data);
}

void memo::write(TransactionBuilder& tx, std::string_view text, std::string_view logged) {
    tx.invoke(tx.program(well_known::kMemo), {tx.payer()}, std::string(text), [&] {
        tx.log(fmt::format("Program log: Memo (len {}): \"{}\"", text.size(), logged));
    });
}

}  // namespace indexer::simulator
