#include "store/statistics.hpp"

#include <utility>

#include "sql/statements.hpp"
#include "store/cells.hpp"

namespace indexer::store {

std::vector<TableSize> table_sizes(pg::Pool& pool, std::string const& schema,
                                   std::stop_token stop) {
    auto const rows = pool.acquire(stop)->execute(sql::store::count_rows, {schema}, stop);
    std::vector<TableSize> sizes;
    for (int row = 0; row < rows.rows(); ++row) {
        sizes.push_back({.table = std::string(rows.text(row, 0)),
                         .rows = static_cast<std::uint64_t>(rows.integer(row, 2)),
                         .estimated = rows.boolean(row, 1)});
    }
    return sizes;
}

std::vector<VersionCount> version_counts(pg::Pool& pool, std::string const& chain,
                                         std::stop_token stop) {
    auto const rows = pool.acquire(stop)->execute(sql::store::count_versions, {chain}, stop);
    std::vector<VersionCount> counts;
    for (int row = 0; row < rows.rows(); ++row) {
        counts.push_back({.content = std::string(rows.text(row, 0)),
                          .decoder_version = static_cast<int>(rows.integer(row, 1)),
                          .blocks = static_cast<std::uint64_t>(rows.integer(row, 2))});
    }
    return counts;
}

std::vector<Note> notes(pg::Connection& session, std::string_view statement, base::SeqRange seqs,
                        std::stop_token stop) {
    auto const rows =
        session.execute(statement, {text_of(seqs.begin), text_of(seqs.end)}, std::move(stop));
    std::vector<Note> all;
    for (int row = 0; row < rows.rows(); ++row) {
        all.push_back({.title = std::string(rows.text(row, 0)),
                       .what = std::string(rows.text(row, 1)),
                       .count = count_at(rows, row, 2),
                       .of = std::string(rows.text(row, 3))});
    }
    return all;
}

}  // namespace indexer::store
