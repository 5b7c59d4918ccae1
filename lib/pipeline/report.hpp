#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/seq.hpp"
#include "pipeline/arbiter.hpp"
#include "pipeline/mender.hpp"
#include "pipeline/tally.hpp"
#include "store/gaps.hpp"

namespace indexer::pipeline {

// Stored blocks, one behind the other, that keep the rows they had, for one reason.
struct Unreplaced {
    base::SeqRange seqs;  // from the first of them to the last
    std::uint64_t blocks = 0;
    std::string reason;
};

// How a run ended.
struct Report {
    base::SeqRange range;       // what was asked for
    std::uint64_t planned = 0;  // seqs of it that were missing, or all with --force
    Totals totals;
    std::vector<base::SeqRange> missing;   // what is not proven at the end
    std::vector<store::Gap> explained;     // the first of that, with what was said of it
    std::vector<Replaced> replaced;        // what was stored and had to make room
    std::vector<Quarantined> quarantined;  // endpoints, by this run
    std::uint64_t dead_letters = 0;        // in the range, of this run or an earlier one
    std::vector<Unreplaced> unreplaced;    // what a reindex was to write again and did not
    std::uint64_t unknown_states = 0;      // since the blocks that had set them were replaced
    std::chrono::steady_clock::duration elapsed{};
    store::Waiting waiting;  // what was not asked for, because it is not due
    bool stopped = false;    // by a signal or a limit, before the end

    [[nodiscard]] std::uint64_t missing_seqs() const noexcept;
    // The part of `range` in which the first gaps lie. Requires: some are missing.
    [[nodiscard]] base::SeqRange to_explain() const;
    [[nodiscard]] bool complete() const noexcept {
        return missing.empty() && dead_letters == 0 && unreplaced.empty() && unknown_states == 0;
    }
};

}  // namespace indexer::pipeline
