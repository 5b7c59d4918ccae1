#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/block.hpp"

namespace indexer::test {

// The rows of one table of some blocks, cells by column name, as text ("NULL" for none).
class RowReader {
  public:
    // `table` without its schema. The blocks must outlive the reader.
    RowReader(std::vector<model::Block> const& blocks, std::string_view table);

    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
    [[nodiscard]] std::string cell(std::size_t row, std::string_view column) const;

    // The rows whose cell of that column is that.
    [[nodiscard]] std::vector<std::size_t> where(std::string_view column,
                                                 std::string_view value) const;

  private:
    struct Row {
        model::RowBatch const* batch;
        std::size_t index;
    };
    std::vector<Row> rows_;
};

// Blocks of every ledger of a file of real ledgers of the main network, by its name without end.
[[nodiscard]] std::vector<model::Block> decode_pubnet(std::string const& name);

}  // namespace indexer::test
