#include "store/row_keys.hpp"

#include <cstdint>
#include <map>

#include "store/cells.hpp"

namespace indexer::store {

std::string key_text(model::RowBatch const& rows, std::size_t row) {
    std::string text;
    for (std::size_t key = 0; key < rows.table().key_columns; ++key) {
        auto const& column = rows.column(key);
        bool const is_text = column.type() == model::ColumnType::text;
        if (key > 0) text += '/';
        text += is_text ? std::string(column.bytes(row)) : std::to_string(column.integer(row));
    }
    return text;
}

// Keys are numbers, addresses, hashes and dashes, so that none needs quotes in an array's text.
RowKeys::RowKeys(Dataset const& dataset, std::span<model::Block const> group, TableRows const& rows)
    : dataset_(&dataset), table_(rows.table().name), key_columns_(key_columns(rows.table())) {
    std::map<std::int64_t, std::string> lists;
    for (model::Block const& block : group) {
        lists.try_emplace(static_cast<std::int64_t>(block.link.seq.value()));
    }
    rows.for_each([&](model::RowBatch const& batch, std::size_t row) {
        auto& list = lists[batch.column(0).integer(row)];
        if (!list.empty()) list += ',';
        list += key_text(batch, row);
    });
    for (auto const& [seq, list] : lists) {
        seqs_.add_integer(seq);
        keys_.add_bytes("{" + list + "}");
    }
}

std::vector<pg::Parameter> RowKeys::parameters() const {
    return {dataset_->chain, dataset_->content, table_, key_columns_, seqs_, keys_};
}

}  // namespace indexer::store
