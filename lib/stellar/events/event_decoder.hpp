#pragma once

#include <string_view>
#include <vector>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "stellar/content.hpp"

namespace indexer::stellar {

// Makes rows of what event mode gathered for the ledgers of `part` (gathered_json()): a block for
// each ledger with events, and one for the last ledger; all linked by the word "asked". A
// transaction or an event that cannot be decoded becomes a dead letter of its block. Throws
// base::Error with Fault::not_understood for JSON of another kind.
[[nodiscard]] std::vector<model::Block> decode_gathered(std::string_view json, base::SeqRange part,
                                                        std::string_view passphrase,
                                                        Content const& content);

}  // namespace indexer::stellar
