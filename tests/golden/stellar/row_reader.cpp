#include "tests/golden/stellar/row_reader.hpp"

#include <algorithm>
#include <stdexcept>

#include "model/table_choice.hpp"
#include "stellar/ledger_decoder.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/rows_text.hpp"

namespace indexer::test {

RowReader::RowReader(std::vector<model::Block> const& blocks, std::string_view table) {
    for (auto const& block : blocks) {
        for (auto const& batch : block.rows) {
            if (model::short_name(batch.table()) != table) continue;
            for (std::size_t i = 0; i < batch.rows(); ++i) rows_.push_back({&batch, i});
        }
    }
}

std::string RowReader::cell(std::size_t row, std::string_view column) const {
    auto const& [batch, index] = rows_.at(row);
    auto const columns = batch->table().columns;
    auto const found = std::find_if(columns.begin(), columns.end(),
                                    [&](auto const& spec) { return spec.name == column; });
    if (found == columns.end()) throw std::logic_error("no column " + std::string(column));
    return cell_text(batch->column(static_cast<std::size_t>(found - columns.begin())), index);
}

std::vector<std::size_t> RowReader::where(std::string_view column, std::string_view value) const {
    std::vector<std::size_t> found;
    for (std::size_t row = 0; row < size(); ++row) {
        if (cell(row, column) == value) found.push_back(row);
    }
    return found;
}

std::vector<model::Block> decode_pubnet(std::string const& name) {
    stellar::LedgerDecoder decoder("Public Global Stellar Network ; September 2015", {});
    std::vector<model::Block> blocks;
    for_each_ledger(stellar_data() / "ledgers" / (name + ".xdr.gz"),
                    [&](auto const& ledger) { blocks.push_back(decoder.read(ledger)); });
    return blocks;
}

}  // namespace indexer::test
