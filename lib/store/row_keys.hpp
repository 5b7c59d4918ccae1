#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/block.hpp"
#include "pg/array.hpp"
#include "pg/connection.hpp"
#include "store/dataset.hpp"
#include "store/table_rows.hpp"

namespace indexer::store {

// A row's key as indexer.key_text spells it: its columns in order, with slashes between them.
[[nodiscard]] std::string key_text(model::RowBatch const& rows, std::size_t row);

// The keys of the rows of one table that a commit group writes, block by block, for tables whose
// rows do not tell which content they are of. Not safe for concurrent use.
class RowKeys {
  public:
    // `rows` are those of `group`. What is passed must outlive this object.
    RowKeys(Dataset const& dataset, std::span<model::Block const> group, TableRows const& rows);

    // Of sql::store::note_keys; they live as long as this object.
    [[nodiscard]] std::vector<pg::Parameter> parameters() const;

  private:
    Dataset const* dataset_;
    std::string table_;
    pg::Array key_columns_;
    pg::Array seqs_{pg::ElementType::int8};
    pg::Array keys_{pg::ElementType::text};  // an array of keys each, as PostgreSQL spells one
};

}  // namespace indexer::store
