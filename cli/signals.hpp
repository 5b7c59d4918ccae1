#pragma once

#include <stop_token>
#include <thread>

namespace indexer::cli {

// Turns SIGINT, SIGTERM and SIGHUP into a stop: the first asks to finish, the second ends the
// process at once with the exit code for "stopped". One at a time, made before any other thread,
// so that every thread inherits the blocked signals and only this one takes them.
class Signals {
  public:
    Signals();
    Signals(Signals const&) = delete;
    Signals& operator=(Signals const&) = delete;
    ~Signals();

    [[nodiscard]] std::stop_token stop() const { return stop_.get_token(); }

  private:
    void watch();

    std::stop_source stop_;
    std::thread thread_;
};

}  // namespace indexer::cli
