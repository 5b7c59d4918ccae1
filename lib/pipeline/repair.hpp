#pragma once

#include <stop_token>

#include "base/seq.hpp"
#include "pg/pool.hpp"
#include "pipeline/backfill.hpp"
#include "pipeline/ranges.hpp"
#include "pipeline/report.hpp"
#include "store/coverage.hpp"

namespace indexer::pipeline {

// Fetches what is missing, and settles contradictions: where a block does not link to what is
// stored, one of the two is wrong, so what is stored on both sides is fetched again as well, from
// ever further around, until all links agree.
//
// It does not go further than a fork could be long: blocks are never called wrong by the thousand
// because one endpoint says so. One thread at a time.
class Repair {
  public:
    // Everything named must outlive this object.
    Repair(Backfill& backfill, store::Coverage& coverage, pg::Pool& pool)
        : backfill_(backfill), coverage_(coverage), pool_(pool) {}

    // Does `plan`, parts of `range`. What settles contradictions may lie outside of it, but within
    // `reach`.
    [[nodiscard]] Report run(base::SeqRange range, base::SeqRange reach, base::Seq tip,
                             Ranges const& plan, std::stop_token stop);

  private:
    void settle(base::SeqRange range, base::SeqRange reach, base::Seq tip, Ranges work,
                Report& report, std::stop_token stop);

    Backfill& backfill_;
    store::Coverage& coverage_;
    pg::Pool& pool_;
};

}  // namespace indexer::pipeline
