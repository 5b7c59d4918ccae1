#include "cli/deadline.hpp"

#include <utility>

#include "base/clock.hpp"

namespace indexer::cli {

Deadline::Deadline(std::optional<std::chrono::milliseconds> limit, std::stop_token user)
    : on_user_(std::move(user), [this] { stop_.request_stop(); }) {
    if (!limit) return;
    timer_ = std::jthread([this, limit](std::stop_token finished) {
        if (base::steady_clock().sleep_for(*limit, std::move(finished))) stop_.request_stop();
    });
}

}  // namespace indexer::cli
