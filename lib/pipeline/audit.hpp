#pragma once

#include <cstdint>
#include <mutex>
#include <stop_token>
#include <vector>

#include "base/seq.hpp"
#include "source/source.hpp"
#include "store/coverage.hpp"
#include "store/writer.hpp"

namespace indexer::pipeline {

struct AuditReport {
    std::uint64_t sampled = 0;      // seqs asked for
    std::uint64_t compared = 0;     // of them, blocks that the endpoint had
    std::uint64_t unavailable = 0;  // of them, seqs where it has none, or cannot serve it
    std::vector<store::Difference> differences;
    bool stopped = false;
};

// Compares a sample of what is stored with another endpoint. That it has no block where we have
// one proves nothing; that it has one where coverage proves none is a contradiction.
// One thread at a time.
class Audit {
  public:
    // `source` is the other endpoint's. Everything named must outlive this object.
    Audit(source::Source& source, store::Writer& writer, unsigned concurrency)
        : source_(source), writer_(writer), concurrency_(concurrency) {}

    // Requires: coverage holds `seqs`.
    [[nodiscard]] AuditReport run(std::vector<base::Seq> const& seqs, std::stop_token stop);

  private:
    void compare(base::Seq seq, AuditReport& report, std::stop_token stop);

    source::Source& source_;
    store::Writer& writer_;
    unsigned concurrency_;
    std::mutex mutex_;
};

// `share` of the seqs that `segments` cover in `range`, at least one, chosen by `seed`; ascending.
[[nodiscard]] std::vector<base::Seq> sample(std::vector<store::Segment> const& segments,
                                            base::SeqRange range, double share, std::uint64_t seed);

}  // namespace indexer::pipeline
