#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/seq.hpp"
#include "stellar/hash.hpp"

namespace indexer::stellar {

// What is certain of a ledger that this program cannot decode, because it is of a newer protocol.
struct KnownHeader {
    Hash hash;
    Hash previous_hash;
    std::uint32_t protocol = 0;
    std::size_t begin = 0;  // of the LedgerHeader, in bytes from the beginning of the ledger
    std::size_t end = 0;
};

// The header of ledger `seq` in a LedgerCloseMeta. The 32 bytes in front of a header are its hash,
// so it is found, and known to be whole, without a word of it being understood; of what it says,
// only what has stood at its beginning ever since, and that it names the seq. Nothing where there
// is none.
[[nodiscard]] std::optional<KnownHeader> find_header(std::string_view ledger, base::Seq seq);

}  // namespace indexer::stellar
