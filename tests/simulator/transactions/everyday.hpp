#pragma once

#include "tests/simulator/transactions/builder.hpp"
#include "tests/simulator/transactions/world.hpp"

// What the payer of a transaction may have in mind.
namespace indexer::simulator::everyday {

void pay_people(TransactionBuilder& tx, World const& world);
void send_tokens(TransactionBuilder& tx, World const& world);
void send_with_fee(TransactionBuilder& tx, World const& world);  // a Token-2022 mint withholds
void send_batch(TransactionBuilder& tx, World const& world);
void mint_or_burn(TransactionBuilder& tx, World const& world);
void swap_on_v4(TransactionBuilder& tx, World const& world);
void swap_on_clmm(TransactionBuilder& tx, World const& world);
void swap_on_cpmm(TransactionBuilder& tx, World const& world);
void buy_with_sol(TransactionBuilder& tx, World const& world);  // wraps it first, and unwraps
void call_unknown(TransactionBuilder& tx, World const& world);  // a program nobody decodes

}  // namespace indexer::simulator::everyday
