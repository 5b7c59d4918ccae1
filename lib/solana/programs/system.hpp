#pragma once

#include "solana/programs/call.hpp"

namespace indexer::solana {

class Ledger;

// The system program: moves of lamports. Lamports also move without it, when a program debits its
// own accounts or a token account is closed.
// Source of the layouts: Agave, SystemInstruction (bincode).
void system_moves(Call const& call, Ledger& ledger);

}  // namespace indexer::solana
