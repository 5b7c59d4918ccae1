#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <thread>

namespace indexer::cli {

// A stop that comes from the user, or when the time is up. The run then finishes what it fetched;
// one that does not end in time, because the database does not answer, say, leaves at once with
// ExitCode::stopped. That loses nothing: what is committed stays, and the next run does the rest.
class Deadline {
  public:
    // Without a limit it is the user's stop alone. `patience` is from the stop to leaving at once.
    Deadline(std::optional<std::chrono::milliseconds> limit, std::stop_token user,
             std::chrono::milliseconds patience);
    Deadline(Deadline const&) = delete;
    Deadline& operator=(Deadline const&) = delete;
    ~Deadline();

    [[nodiscard]] std::stop_token stop() const { return stop_.get_token(); }

  private:
    void watch(std::optional<std::chrono::milliseconds> limit, std::chrono::milliseconds patience,
               std::stop_token finished);

    std::stop_source stop_;
    std::stop_callback<std::function<void()>> on_user_;
    std::jthread timer_;
};

}  // namespace indexer::cli
