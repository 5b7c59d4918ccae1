#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "pg/array.hpp"
#include "pg/connection.hpp"
#include "store/dataset.hpp"

namespace indexer::store {

// The runs of seqs one transaction proves, as the parameters of sql::store::cover.
// Not safe for concurrent use.
class ProvenRuns {
  public:
    explicit ProvenRuns(Dataset const& dataset);

    // A block proves its own seq present and every seq since its parent absent.
    void add(model::Block const& block);

    // `seqs` hold no block: the one behind them names `before`, the block in front of them, as its
    // parent. Requires: before.seq < seqs.begin.
    void add_absent(base::SeqRange seqs, model::Link const& before);

    [[nodiscard]] bool empty() const noexcept { return first_.size() == 0; }
    // Valid while this object and the dataset live and nothing is added.
    [[nodiscard]] std::array<pg::Parameter, 10> parameters() const;

  private:
    void add_run(base::SeqRange seqs, model::Link const& left, model::Link const& right,
                 std::uint64_t blocks, std::uint64_t transactions);

    Dataset const* dataset_;
    pg::Array first_, last_, left_seq_, left_hash_, right_seq_, right_hash_, blocks_, transactions_;
};

}  // namespace indexer::store
