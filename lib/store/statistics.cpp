#include "store/statistics.hpp"

#include "sql/statements.hpp"

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

}  // namespace indexer::store
