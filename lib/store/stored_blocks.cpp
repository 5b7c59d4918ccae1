#include "store/stored_blocks.hpp"

#include "sql/statements.hpp"
#include "store/cells.hpp"

namespace indexer::store {

std::vector<base::Seq> blocks_outside(pg::Pool& pool, Dataset const& dataset, base::SeqRange range,
                                      std::span<base::SeqRange const> written,
                                      std::stop_token stop) {
    pg::Array firsts(pg::ElementType::int8);
    pg::Array lasts(pg::ElementType::int8);
    for (base::SeqRange const& part : written) {
        firsts.add_integer(static_cast<std::int64_t>(part.begin.value()));
        lasts.add_integer(static_cast<std::int64_t>(part.last().value()));
    }
    auto const begin = text_of(range.begin);
    auto const end = text_of(range.end);
    auto const rows = pool.acquire(stop)->execute(
        sql::store::find_unreplaced, {dataset.chain, dataset.content, begin, end, firsts, lasts},
        stop);
    std::vector<base::Seq> seqs;
    for (int row = 0; row < rows.rows(); ++row) seqs.push_back(seq_at(rows, row, 0));
    return seqs;
}

}  // namespace indexer::store
