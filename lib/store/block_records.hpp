#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "model/block.hpp"
#include "pg/array.hpp"
#include "pg/connection.hpp"
#include "store/dataset.hpp"
#include "store/table_rows.hpp"

namespace indexer::store {

// What a commit group notes of its blocks beside their rows: links, numbers of rows and their
// digests, as the parameters of the statements that keep them. Not safe for concurrent use.
class BlockRecords {
  public:
    // `tables` hold the rows of `group`, arranged. `dataset` must outlive this object.
    BlockRecords(Dataset const& dataset, std::span<model::Block const> group,
                 std::span<TableRows const> tables);

    // Parameters live as long as this object.
    using Parameters = std::vector<pg::Parameter>;
    [[nodiscard]] Parameters add_blocks() const;           // of sql::store::add_blocks
    [[nodiscard]] Parameters settle_dead_letters() const;  // of sql::store::settle_dead_letters
    // Of sql::store::prune_rows. What is passed must outlive them.
    [[nodiscard]] Parameters prune(model::Table const& table, pg::Array const& key_columns,
                                   pg::Array const& kept) const;

  private:
    // What the rows of one batch that are written add up to.
    struct Sum {
        explicit Sum(model::RowBatch const& batch);
        void add(std::size_t row);

        std::vector<std::uint64_t> digests;  // of all rows of the batch
        model::Column const* names;          // of transactions; null where a row is something else
        std::uint64_t rows = 0;
        std::uint64_t digest = 0;
        std::string order{};  // the names, one behind the other
    };
    using Sums = std::map<model::RowBatch const*, Sum>;

    [[nodiscard]] static Sums sums_of(std::span<TableRows const> tables);
    void add(model::Block const& block);
    void add_sums(model::Block const& block, Sums const& sums);

    Dataset const* dataset_;
    std::string decoder_version_;
    pg::Array tables_{pg::ElementType::text};
    pg::Array seqs_{pg::ElementType::int8};
    pg::Array hashes_{pg::ElementType::text};
    pg::Array parent_seqs_{pg::ElementType::int8};
    pg::Array parent_hashes_{pg::ElementType::text};
    pg::Array heights_{pg::ElementType::int8};
    pg::Array transactions_{pg::ElementType::int8};
    pg::Array row_counts_{pg::ElementType::text};
    pg::Array row_digests_{pg::ElementType::text};
    pg::Array order_digests_{pg::ElementType::bytea};
    pg::Array letter_seqs_{pg::ElementType::int8};
    pg::Array letter_paths_{pg::ElementType::text};
    pg::Array letter_stages_{pg::ElementType::text};
};

}  // namespace indexer::store
