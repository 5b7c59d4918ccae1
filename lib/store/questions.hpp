#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/seq.hpp"
#include "model/check.hpp"
#include "model/row_batch.hpp"
#include "pg/connection.hpp"
#include "store/dataset.hpp"

// What a verification asks about a part of a dataset.
namespace indexer::store {

// Something that is not as it was written, or not as it must be.
struct Finding {
    std::string where;  // a table, "links", "segments", "keys", "contents", "dead letter"
    base::Seq seq;      // 0 where no seq is meant
    std::string what;
};

using Findings = std::vector<Finding>;

// Where a finding is that tells of a dead letter.
inline constexpr std::string_view kDeadLetter = "dead letter";

// Asked in a session that was set up by sql::store::reader_session; any thread. Throws pg::Error.
// The datasets, tables and checks named below must outlive the questions about them.
using Question = std::function<Findings(pg::Connection&, std::stop_token)>;

// Whether something inside of blocks could not be decoded, so that its rows are missing.
[[nodiscard]] Question about_dead_letters(Dataset const& dataset, base::SeqRange range);
// Whether segments claim what their blocks prove.
[[nodiscard]] Question about_segments(Dataset const& dataset, base::SeqRange range);
// Whether the tables' primary keys are there and work.
[[nodiscard]] Question about_keys(std::span<model::Table const* const> tables);
// Whether each block names the one before it as its parent.
[[nodiscard]] Question about_links(Dataset const& dataset, base::SeqRange range);
// Whether there are as many rows of each seq as were written.
[[nodiscard]] Question about_numbers(Dataset const& dataset, model::Table const& table,
                                     base::SeqRange range);
// Whether the transactions are those that were written, in their order.
[[nodiscard]] Question about_order(Dataset const& dataset, model::Table const& table,
                                   base::SeqRange range);
// Whether other contents hold the same blocks.
[[nodiscard]] Question about_contents(Dataset const& dataset, base::SeqRange range);
// Whether there are rows that no content has, where several share the table.
[[nodiscard]] Question about_unclaimed(Dataset const& dataset, model::Table const& table,
                                       base::SeqRange range);
// What the chain itself wants to know.
[[nodiscard]] Question about_check(Dataset const& dataset, model::Check check,
                                   base::SeqRange range);
// Whether every row is what was written: reads them all, and of those that several contents share
// takes what is this one's.
[[nodiscard]] Question about_digests(Dataset const& dataset, model::Table const& table,
                                     base::SeqRange range);

}  // namespace indexer::store
