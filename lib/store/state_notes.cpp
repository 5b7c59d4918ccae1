#include "store/state_notes.hpp"

#include <cstdint>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "store/cells.hpp"
#include "store/row_digest.hpp"

namespace indexer::store {

StateNotes::StateNotes(Dataset const& dataset, std::span<model::Block const> group,
                       model::Table const& table)
    : dataset_(&dataset), table_(table.name), key_columns_(key_columns(table)) {
    for (model::Block const& block : group) add(block, table);
}

// Of a key that is there twice the last row stays. What a node told of another seq is no block's.
void StateNotes::add(model::Block const& block, model::Table const& table) {
    auto const* const rows = model::rows_of(block.rows, table);
    auto const seq = static_cast<std::int64_t>(block.link.seq.value());
    std::map<std::string_view, std::int64_t> states;
    if (rows != nullptr && rows->rows() > 0) {
        auto const digests = digests_of(*rows);
        for (std::size_t row = 0; row < rows->rows(); ++row) {
            if (rows->column(1).integer(row) != seq) continue;
            states[rows->column(0).bytes(row)] = static_cast<std::int64_t>(digests[row]);
        }
    }
    std::vector<std::string_view> keys;
    std::vector<std::int64_t> digests;
    for (auto const& [key, digest] : states) {
        keys.push_back(key);
        digests.push_back(digest);
    }
    seqs_.add_integer(seq);
    keys_.add_bytes(fmt::format("{{{}}}", fmt::join(keys, ",")));
    digests_.add_bytes(fmt::format("{{{}}}", fmt::join(digests, ",")));
}

std::vector<pg::Parameter> StateNotes::parameters() const {
    return {dataset_->chain, dataset_->content, table_, key_columns_, seqs_, keys_, digests_};
}

std::string read_states_statement(model::Table const& table) {
    return fmt::format(
        "select noted.digest, stored.* "
        "from (select noted.seq, unnest(noted.keys) as key, unnest(noted.digests) as digest"
        "      from indexer.row_keys as noted"
        "      join indexer.contents as known using (content_id)"
        "      join indexer.blocks as block using (content_id, seq)"
        "      where known.chain = $1 and known.content = $2 and noted.table_name = '{0}'"
        "          and noted.seq >= $3::bigint and noted.seq < $4::bigint) as noted "
        "join {0} as stored on stored.{1} = noted.key and stored.{2} = noted.seq",
        table.name, table.columns[0].name, table.columns[1].name);
}

}  // namespace indexer::store
