#pragma once

#include <cstdint>
#include <map>

#include "base/seq.hpp"
#include "model/row_batch.hpp"
#include "pg/result.hpp"

namespace indexer::store {

// The digests that the rows of each seq add up to, as BlockRecords notes them when rows are
// written. `rows` is what table.read gave, in a session set up by sql::store::reader_session: every
// column of the table, whatever their order.
[[nodiscard]] std::map<base::Seq, std::uint64_t> digests_of(pg::Result const& rows,
                                                            model::Table const& table);

}  // namespace indexer::store
