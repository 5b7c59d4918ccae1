#pragma once

#include <chrono>

namespace indexer::simulator {

// Ends every wait of the server: the sleeping ones through wait_for(), those on sockets through
// fd(), which becomes readable. Safe for concurrent use.
class StopSignal {
  public:
    StopSignal();
    StopSignal(StopSignal const&) = delete;
    StopSignal& operator=(StopSignal const&) = delete;
    ~StopSignal();

    void set() noexcept;

    [[nodiscard]] int fd() const noexcept { return fd_; }

    // False if the signal was set before the time was up.
    [[nodiscard]] bool wait_for(std::chrono::nanoseconds duration) const noexcept;

  private:
    int fd_;
};

}  // namespace indexer::simulator
