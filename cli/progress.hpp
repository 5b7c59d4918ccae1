#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include "pipeline/tally.hpp"

namespace indexer::cli {

// Where a run stands: "1,204 of 2,000 seqs · 60 % · 96 blocks/s · 4 unavailable · eta 8 s".
[[nodiscard]] std::string progress_text(pipeline::Totals const& totals, std::uint64_t planned,
                                        std::chrono::steady_clock::duration elapsed);

// Says on stderr where a run stands while it lives: one line that is written over on a terminal,
// elsewhere a log line every few seconds. Has a thread of its own.
class Progress {
  public:
    // `tally` must outlive this object.
    Progress(pipeline::Tally const& tally, std::uint64_t planned);
    Progress(Progress const&) = delete;
    Progress& operator=(Progress const&) = delete;
    ~Progress();

  private:
    void run(std::stop_token stop) const;
    [[nodiscard]] std::string text() const;

    pipeline::Tally const& tally_;
    std::uint64_t planned_;
    std::chrono::steady_clock::time_point started_;
    std::jthread thread_;
};

}  // namespace indexer::cli
