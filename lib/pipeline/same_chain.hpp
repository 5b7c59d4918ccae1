#pragma once

#include <stop_token>

#include "base/seq.hpp"
#include "pipeline/backfill.hpp"
#include "source/source.hpp"
#include "store/coverage.hpp"

namespace indexer::pipeline {

// Compares the newest stored block with what each endpoint serves at its seq, because a chain that
// began again bears the name of the one before it (a testnet after a reset has the same
// passphrase). Where it is not that one, or nobody has it, a few older blocks tell.
//
// An endpoint whose block has another hash, while others serve ours, is quarantined, and `run`
// reports it. Throws Fault::not_understood when none of the blocks is served as it is stored, and
// at least one is served otherwise: nothing of that chain may be mixed with what is stored. A
// newest block that differs alone is no other chain but a contradiction, which the run looks into.
// Blocks that another fork may still replace are not compared, nor what was asked for without
// hashes. `tip` is what the endpoints tell now. Costs one block of each endpoint.
void require_same_chain(source::Source& source, store::Coverage& coverage, Backfill& run,
                        base::Seq tip, std::stop_token stop);

}  // namespace indexer::pipeline
