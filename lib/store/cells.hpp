#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "model/row_batch.hpp"
#include "pg/array.hpp"
#include "pg/pool.hpp"
#include "pg/result.hpp"
#include "store/dataset.hpp"

// Cells of results as our types, and our types as parameters.
namespace indexer::store {

inline base::Seq seq_at(pg::Result const& result, int row, int column) {
    return base::Seq(static_cast<std::uint64_t>(result.integer(row, column)));
}

inline std::uint64_t count_at(pg::Result const& result, int row, int column) {
    return static_cast<std::uint64_t>(result.integer(row, column));
}

// The link that the first row's cell and the next one name; an empty one where they are null.
[[nodiscard]] model::Link link_at(pg::Result const& result, int column);

inline std::string text_of(base::Seq seq) {
    return std::to_string(seq.value());
}

// "1.5", as a parameter.
[[nodiscard]] std::string seconds(std::chrono::milliseconds duration);

// The ranges that a result's first two columns bound, half-open.
[[nodiscard]] std::vector<base::SeqRange> ranges_in(pg::Result const& result);

// "00ff" as two bytes.
[[nodiscard]] std::string bytes_of_hex(std::string_view digits);

// The names of the columns that form the table's key.
[[nodiscard]] pg::Array key_columns(model::Table const& table);

// What a statement says of a part of a dataset: its parameters are the chain, the content, and the
// seqs [$3, $4). Throws pg::Error.
pg::Result ask(pg::Connection& connection, std::string_view sql, Dataset const& dataset,
               base::SeqRange part, std::stop_token stop);
pg::Result ask(pg::Pool& pool, std::string_view sql, Dataset const& dataset, base::SeqRange part,
               std::stop_token stop);

}  // namespace indexer::store
