#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/seq.hpp"
#include "tests/damage/json_tree.hpp"
#include "tests/damage/xdr_damage.hpp"

namespace indexer::damage {

// A block of Solana as getBlock answers.
struct SolanaInput {
    std::string name;
    base::Seq slot;
    Json answer;
};

struct StellarInput {
    std::string name;
    std::string passphrase;
    base::Seq ledger;
    XdrLedger content;
};

// Golden files of the repository, and real data where there is any: whole blocks cut into some of a
// few transactions each, as every answer is copied a thousand times.
[[nodiscard]] std::vector<SolanaInput> solana_inputs(std::filesystem::path const& repository,
                                                     std::filesystem::path const& data);
[[nodiscard]] std::vector<StellarInput> stellar_inputs(std::filesystem::path const& repository,
                                                       std::filesystem::path const& data);

}  // namespace indexer::damage
