#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include "base/clock.hpp"
#include "config/config.hpp"
#include "observe/health.hpp"
#include "pipeline/tally.hpp"

namespace indexer::cli {

// Where a run stands: "1,204 of 2,000 seqs · 60 % · 96 blocks/s · 4 unavailable · eta 8 s".
[[nodiscard]] std::string progress_text(pipeline::Totals const& totals, std::uint64_t planned,
                                        std::chrono::steady_clock::duration elapsed);

// The same of a run that follows the tip: "proven to 1,204 · tip 1,206 · lag 2".
[[nodiscard]] std::string progress_text(observe::Standing const& standing);

// Between two log lines of a run that ends by itself.
inline constexpr std::chrono::seconds kRunInterval{5};

// Says on stderr where a run stands while it lives: one line that is written over on a terminal,
// elsewhere a log line every few seconds. Has a thread of its own.
class Progress {
  public:
    // Asked in that thread.
    using Text = std::function<std::string()>;

    // `log_interval` is the time between two log lines.
    Progress(Text text, base::Clock::Duration log_interval);
    Progress(Progress const&) = delete;
    Progress& operator=(Progress const&) = delete;
    ~Progress();

  private:
    void run(std::stop_token stop) const;

    Text text_;
    base::Clock::Duration log_interval_;
    std::jthread thread_;
};

// What `body` returns, with progress shown meanwhile unless --quiet forbids it.
template <class Body>
std::invoke_result_t<Body&> under_progress(config::Log const& log, Progress::Text text,
                                           base::Clock::Duration log_interval, Body body) {
    std::optional<Progress> progress;
    if (!log.quiet) progress.emplace(std::move(text), log_interval);
    return body();
}

// The first of the texts above, of a run that begins now. What is named must outlive it.
[[nodiscard]] Progress::Text text_of_run(pipeline::Tally const& tally, std::uint64_t planned,
                                         base::Clock& clock);

}  // namespace indexer::cli
