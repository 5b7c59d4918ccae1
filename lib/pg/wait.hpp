#pragma once

#include <chrono>
#include <stop_token>

namespace indexer::pg {

// What ends the waits for a socket besides the socket: a stop, or a deadline. Belongs to one
// thread; the stop may come from any.
class Wait {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    // Throws pg::Error when the process is out of file descriptors.
    explicit Wait(std::stop_token stop, TimePoint deadline = TimePoint::max());

    enum class End { ready, stopped, late };
    // Until `events` of poll(2) come true.
    [[nodiscard]] End for_socket(int socket, short events) const;

  private:
    // An eventfd: poll() can wait for it beside a socket.
    class Event {
      public:
        Event();
        Event(Event const&) = delete;
        Event& operator=(Event const&) = delete;
        ~Event();

        void raise() const noexcept;
        [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

      private:
        int descriptor_;
    };
    struct Raise {
        Event const& event;
        void operator()() const noexcept { event.raise(); }
    };

    TimePoint deadline_;
    Event stop_requested_;
    std::stop_callback<Raise> on_stop_;  // after the event: it must go first
};

}  // namespace indexer::pg
