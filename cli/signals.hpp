#pragma once

#include <functional>
#include <stop_token>
#include <thread>

namespace indexer::cli {

// What SIGHUP asks for while this object lives, called in the thread that takes signals. Without
// one, and on a terminal, which sends it when it is closed, SIGHUP is a stop. One at a time.
class OnHangup {
  public:
    explicit OnHangup(std::function<void()> action);
    OnHangup(OnHangup const&) = delete;
    OnHangup& operator=(OnHangup const&) = delete;
    ~OnHangup();
};

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
    void stop_or_leave();

    std::stop_source stop_;
    bool on_terminal_;
    std::thread thread_;
};

}  // namespace indexer::cli
