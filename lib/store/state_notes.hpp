#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/block.hpp"
#include "pg/array.hpp"
#include "pg/connection.hpp"
#include "store/dataset.hpp"

namespace indexer::store {

// Which states of one table the blocks of a commit group set, and their digests. A table of states
// holds one row a thing, by its first column; the second is the seq of the block that set it. Not
// safe for concurrent use.
class StateNotes {
  public:
    // What is passed must outlive this object.
    StateNotes(Dataset const& dataset, std::span<model::Block const> group,
               model::Table const& table);

    // Of sql::store::note_states; they live as long as this object.
    [[nodiscard]] std::vector<pg::Parameter> parameters() const;

  private:
    void add(model::Block const& block, model::Table const& table);

    Dataset const* dataset_;
    std::string table_;
    pg::Array key_columns_;
    pg::Array seqs_{pg::ElementType::int8};
    pg::Array keys_{pg::ElementType::text};     // an array a block, as PostgreSQL spells one
    pg::Array digests_{pg::ElementType::text};  // likewise
};

// A statement that reads the states that a content's blocks set and that are still theirs: its
// parameters are the chain, the content and the seqs [$3, $4), its rows the digest noted of a row
// and the row.
[[nodiscard]] std::string read_states_statement(model::Table const& table);

}  // namespace indexer::store
