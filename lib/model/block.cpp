#include "model/block.hpp"

#include <numeric>

namespace indexer::model {

std::size_t Block::bytes() const noexcept {
    auto const row_bytes = [](std::size_t sum, RowBatch const& batch) {
        return sum + batch.bytes();
    };
    auto const raw_bytes = [](std::size_t sum, DeadLetter const& letter) {
        return sum + letter.raw.size();
    };
    return std::accumulate(rows.begin(), rows.end(), sizeof(Block), row_bytes) +
           std::accumulate(dead_letters.begin(), dead_letters.end(), std::size_t{0}, raw_bytes);
}

}  // namespace indexer::model
