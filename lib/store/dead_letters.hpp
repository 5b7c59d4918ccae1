#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/seq.hpp"
#include "pg/pool.hpp"
#include "store/dataset.hpp"

namespace indexer::store {

// A dead letter as it lies in the database.
struct KeptLetter {
    std::int64_t id = 0;
    std::string content;
    base::Seq seq;
    std::string path;  // where in the block; empty: the whole block
    std::string stage;
    std::string error;
    std::string endpoint;
    int decoder_version = 0;
    std::uint64_t bytes = 0;
    std::string created_at;  // ISO 8601, UTC
    std::string raw;         // only where one is read by itself
};

// Each is one statement; throws pg::Error.

// Those in `range`, by seq, without their bytes; of every content when the dataset names none.
[[nodiscard]] std::vector<KeptLetter> list_dead_letters(pg::Pool& pool, Dataset const& dataset,
                                                        base::SeqRange range, std::stop_token stop);

// One with its bytes; nothing when the chain has none of that number.
[[nodiscard]] std::optional<KeptLetter> read_dead_letter(pg::Pool& pool, std::string const& chain,
                                                         std::int64_t id, std::stop_token stop);

}  // namespace indexer::store
