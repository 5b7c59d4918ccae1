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
// stored, the chain around it is asked for, and put in the place of what is stored when it is
// longer and links on both sides.
//
// It does not go further than a lie could be long: blocks are never called wrong by the thousand
// because one endpoint says so. One thread at a time.
class Repair {
  public:
    // Everything named must outlive this object.
    Repair(Backfill& backfill, store::Coverage& coverage, pg::Pool& pool);

    // Makes coverage of `range` what the stored blocks prove, should it not be that. Before a plan
    // is made.
    void check(base::SeqRange range, std::stop_token stop);

    // Does `plan`, parts of `range`.
    [[nodiscard]] Report run(base::SeqRange range, base::Seq tip, Ranges const& plan,
                             std::stop_token stop);

  private:
    Backfill& backfill_;
    store::Coverage& coverage_;
    pg::Pool& pool_;
};

}  // namespace indexer::pipeline
