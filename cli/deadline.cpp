#include "cli/deadline.hpp"

#include <cstdlib>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/clock.hpp"
#include "cli/exit_code.hpp"

namespace indexer::cli {

Deadline::Deadline(std::optional<std::chrono::milliseconds> limit, std::stop_token user,
                   std::chrono::milliseconds patience)
    : on_user_(std::move(user), [this] { stop_.request_stop(); }),
      timer_([this, limit, patience](std::stop_token finished) {
          watch(limit, patience, std::move(finished));
      }) {
}

Deadline::~Deadline() {
    timer_.request_stop();
    stop_.request_stop();
}

void Deadline::watch(std::optional<std::chrono::milliseconds> limit,
                     std::chrono::milliseconds patience, std::stop_token finished) {
    auto& clock = base::steady_clock();
    clock.sleep_until(limit ? clock.now() + *limit : base::Clock::TimePoint::max(), stop());
    stop_.request_stop();
    if (!clock.sleep_for(patience, std::move(finished))) return;
    spdlog::warn("left at once: what was fetched could not be written in time");
    std::_Exit(static_cast<int>(ExitCode::stopped));
}

}  // namespace indexer::cli
