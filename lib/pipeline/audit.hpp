#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/seq.hpp"
#include "pipeline/persistence.hpp"
#include "pipeline/ranges.hpp"
#include "source/source.hpp"
#include "store/coverage.hpp"
#include "store/writer.hpp"

namespace indexer::pipeline {

struct AuditReport {
    std::uint64_t sampled = 0;      // seqs asked for
    std::uint64_t compared = 0;     // of them, blocks that the endpoint had
    std::uint64_t absent = 0;       // of them, seqs where it has no block, and there is proof of it
    std::uint64_t unavailable = 0;  // of them, blocks that it has not, or cannot serve
    std::uint64_t recounted = 0;    // of the compared, those that were recounted
    std::vector<store::Difference> differences;
    bool stopped = false;
};

// Compares a sample of what is stored with another endpoint. That it has no block where we have
// one proves nothing; that it has one where coverage proves none is a contradiction, and so is
// what cannot be decoded where we have a block. What the source recounts of the same blocks, where
// it can, is compared as well. One thread at a time.
class Audit {
  public:
    // `source` is the other endpoint's. Everything named must outlive this object.
    Audit(source::Source& source, store::Coverage& coverage, store::Writer& writer,
          base::MemoryBudget& memory, Persistence const& persist, unsigned concurrency)
        : source_(source),
          coverage_(coverage),
          writer_(writer),
          memory_(memory),
          persist_(persist),
          concurrency_(concurrency) {}

    // Requires: coverage holds `seqs`.
    [[nodiscard]] AuditReport run(std::vector<base::Seq> const& seqs, std::stop_token stop);

  private:
    void compare(base::Seq seq, AuditReport& report, std::stop_token stop);
    [[nodiscard]] std::optional<std::vector<store::Difference>> differences_of(
        source::Answer const& answer, std::stop_token stop);
    void note_missing(base::Seq seq, AuditReport& report, std::stop_token stop);

    source::Source& source_;
    store::Coverage& coverage_;
    store::Writer& writer_;
    base::MemoryBudget& memory_;
    Persistence const& persist_;
    unsigned concurrency_;
    std::mutex mutex_;
};

// The parts of `range` that `segments` cover.
[[nodiscard]] Ranges covered(std::vector<store::Segment> const& segments, base::SeqRange range);

// `share` of the seqs of `ranges`, at least one where there is any, chosen by `seed`; ascending.
[[nodiscard]] std::vector<base::Seq> sample(Ranges const& ranges, double share, std::uint64_t seed);

}  // namespace indexer::pipeline
