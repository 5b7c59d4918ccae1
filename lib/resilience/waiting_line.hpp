#pragma once

#include <list>
#include <mutex>
#include <stop_token>

#include "base/clock.hpp"

namespace indexer::resilience {

// Threads that wait for something which others give back, in the order in which they came. Each
// looks for itself whether its time has come, and sleeps until a time it chooses, until it is
// called, or until it is told to stop; so nothing polls, and nothing is missed that happens between
// looking and sleeping. Safe for concurrent use. Must outlive its places.
class WaitingLine {
  public:
    // A place in the line, left when destroyed. One thread.
    class Place {
      public:
        explicit Place(WaitingLine& line);
        Place(Place const&) = delete;
        Place& operator=(Place const&) = delete;
        ~Place();

        // How many came earlier and still wait.
        [[nodiscard]] unsigned ahead() const;

        // False when told to stop. A call that came since the last wait ends this one at once.
        bool wait_until(base::Clock& clock, base::Clock::TimePoint when, std::stop_token stop);

        // Calls the next one behind this.
        void call_next();

      private:
        friend class WaitingLine;

        WaitingLine& line_;
        std::stop_source called_;
        std::list<Place*>::iterator at_;
    };

    // Calls the first that was not called yet.
    void call_first();

  private:
    void call_from(std::list<Place*>::iterator at);

    mutable std::mutex mutex_;
    std::list<Place*> places_;
};

}  // namespace indexer::resilience
