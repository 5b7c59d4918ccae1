#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/seq.hpp"
#include "pg/pool.hpp"
#include "pipeline/backfill.hpp"
#include "pipeline/report.hpp"
#include "source/source.hpp"
#include "store/dataset.hpp"
#include "store/writer.hpp"

namespace indexer::pipeline {

// Writes stored blocks again, from what endpoints serve now. Where a part of several blocks could
// not be had, or not be written, each of its blocks is asked for by itself, so that only those stay
// as they were that cannot be replaced: the report names them and says why. One thread at a time.
class Reindex {
  public:
    // Everything named must outlive this object.
    Reindex(Backfill& backfill, source::Source& source, store::Writer& writer, pg::Pool& pool,
            store::Dataset const& dataset)
        : backfill_(backfill), source_(source), writer_(writer), pool_(pool), dataset_(dataset) {}

    // Does `plan`, parts of `range`.
    [[nodiscard]] Report run(base::SeqRange range, base::Seq tip,
                             std::vector<base::SeqRange> const& plan, std::stop_token stop);

  private:
    [[nodiscard]] std::vector<Unreplaced> replace_each(std::vector<base::Seq> const& seqs,
                                                       std::stop_token stop);
    [[nodiscard]] std::string replace(base::Seq seq, std::stop_token stop);

    Backfill& backfill_;
    source::Source& source_;
    store::Writer& writer_;
    pg::Pool& pool_;
    store::Dataset const& dataset_;
};

}  // namespace indexer::pipeline
