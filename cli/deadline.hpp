#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <thread>

namespace indexer::cli {

// A stop that comes from the user, or when the time is up.
class Deadline {
  public:
    // Without a limit it is the user's stop alone.
    Deadline(std::optional<std::chrono::milliseconds> limit, std::stop_token user);

    [[nodiscard]] std::stop_token stop() const { return stop_.get_token(); }

  private:
    std::stop_source stop_;
    std::stop_callback<std::function<void()>> on_user_;
    std::jthread timer_;
};

}  // namespace indexer::cli
