#pragma once

#include "solana/programs/call.hpp"

namespace indexer::solana {

class Ledger;

// SPL Token and Token-2022, which share their instructions: moves of tokens, also those inside a
// batch, and what tells whose a token account is. Confidential transfers hide their amounts and the
// collection of withheld fees does not state them: both are passed over.
// Source of the layouts: spl-token, spl-token-2022 and p-token (TokenInstruction).
void token_moves(Call const& call, Ledger& ledger);

}  // namespace indexer::solana
