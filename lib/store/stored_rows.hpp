#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/seq.hpp"
#include "model/row_batch.hpp"
#include "pg/result.hpp"

namespace indexer::store {

// What of a table's rows is one content's, where several share them.
struct RowPart {
    std::optional<std::unordered_set<std::string>> keys{};  // as key_text spells them; else all are
    std::vector<std::string> left_out{};                    // columns that it leaves null
};

// The digests that the rows of each seq add up to, as BlockRecords notes them when rows are
// written. `rows` is what table.read gave, in a session set up by sql::store::reader_session: every
// column of the table, whatever their order.
[[nodiscard]] std::map<base::Seq, std::uint64_t> digests_of(pg::Result const& rows,
                                                            model::Table const& table,
                                                            RowPart const& part = {});

// The digest of each row, in their order, of a result that holds every column of the table.
[[nodiscard]] std::vector<std::uint64_t> row_digests(pg::Result const& rows,
                                                     model::Table const& table);

}  // namespace indexer::store
