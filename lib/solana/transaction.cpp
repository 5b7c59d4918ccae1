#include "solana/transaction.hpp"

#include <algorithm>

#include "solana/programs.hpp"

namespace indexer::solana {

bool is_vote(Transaction const& transaction) noexcept {
    auto const calls_vote = [&](Instruction const& instruction) {
        return transaction.program(instruction) == programs::kVote;
    };
    return !transaction.instructions.empty() &&
           std::all_of(transaction.instructions.begin(), transaction.instructions.end(),
                       calls_vote);
}

}  // namespace indexer::solana
