#include "store/states.hpp"

#include <algorithm>

#include "sql/statements.hpp"
#include "store/cells.hpp"

namespace indexer::store {

std::vector<base::Seq> setters_of_unknown_states(pg::Pool& pool, Dataset const& dataset,
                                                 std::stop_token stop) {
    std::vector<base::Seq> seqs;
    for (model::Table const* const table : dataset.tables) {
        if (!table->read.empty()) continue;
        auto const keys = key_columns(*table);
        auto const rows = pool.acquire(stop)->execute(
            sql::store::find_setters, {dataset.chain, dataset.content, table->name, keys}, stop);
        for (int row = 0; row < rows.rows(); ++row) seqs.push_back(seq_at(rows, row, 0));
    }
    std::sort(seqs.begin(), seqs.end());
    seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
    return seqs;
}

std::uint64_t unknown_states(pg::Pool& pool, Dataset const& dataset, std::stop_token stop) {
    pg::Array tables(pg::ElementType::text);
    for (model::Table const* const table : dataset.tables) {
        if (table->read.empty()) tables.add_bytes(table->name);
    }
    if (tables.size() == 0) return 0;
    return count_at(pool.acquire(stop)->execute(sql::store::count_unknown_states,
                                                {dataset.chain, tables}, stop),
                    0, 0);
}

}  // namespace indexer::store
