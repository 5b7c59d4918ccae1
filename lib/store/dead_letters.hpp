#pragma once

#include <chrono>
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

// The blocks in `range` with dead letters inside that are due to be tried again, ascending: each
// attempt doubles the time to the next one, from `first_wait` to at most `longest_wait`.
[[nodiscard]] std::vector<base::Seq> due_letters(pg::Pool& pool, Dataset const& dataset,
                                                 base::SeqRange range,
                                                 std::chrono::milliseconds first_wait,
                                                 std::chrono::milliseconds longest_wait,
                                                 std::stop_token stop);

// Remembers that the dead letters inside a block were tried again in vain.
void count_attempt(pg::Pool& pool, Dataset const& dataset, base::Seq seq, std::stop_token stop);

// How many rows of each of the dataset's tables were written of a block; nothing when its decoder
// did not write them.
[[nodiscard]] std::vector<std::uint64_t> row_counts(pg::Pool& pool, Dataset const& dataset,
                                                    base::Seq seq, std::stop_token stop);

}  // namespace indexer::store
