#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>

#include "base/clock.hpp"
#include "model/block.hpp"
#include "observe/metrics.hpp"
#include "pipeline/ranges.hpp"
#include "store/writer.hpp"

namespace indexer::pipeline {

// Running totals of a run.
struct Totals {
    std::uint64_t fetched = 0;       // parts asked for and answered
    std::uint64_t unavailable = 0;   // parts that no endpoint could serve
    std::uint64_t bytes = 0;         // of answers
    std::uint64_t blocks = 0;        // committed
    std::uint64_t transactions = 0;  // in those blocks
    std::uint64_t groups = 0;        // transactions committed
    std::uint64_t write_retries = 0;
    std::uint64_t dead_letters = 0;
    std::map<std::string, std::uint64_t> rows;     // sent, by table
    std::map<std::string, std::uint64_t> changed;  // new or different, by table
};

// Where the threads of a run count what they did. Safe for concurrent use.
class Tally {
  public:
    // `metrics`, which learn of everything counted here, must outlive this object.
    explicit Tally(observe::Metrics& metrics);

    void fetched(std::uint64_t bytes);
    void unavailable();
    void undecodable();
    void retried_write();
    // `duration` is that of writing the group, with what was tried in vain.
    void committed(std::span<model::Block const> blocks, store::Written const& written,
                   base::Clock::Duration duration);

    [[nodiscard]] Totals totals() const;
    // The seqs of the blocks committed, and of those that they prove to hold none.
    [[nodiscard]] Ranges written() const;

  private:
    void add_written(base::SeqRange range);

    observe::Histogram const flush_seconds_;
    observe::Histogram const batch_rows_;
    mutable std::mutex mutex_;
    Totals totals_;
    std::map<base::Seq, base::Seq> written_;  // ranges that do not touch: begin and end
    observe::Metrics::Collection samples_;
};

}  // namespace indexer::pipeline
