#include "resilience/waiting_line.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace indexer::resilience {

WaitingLine::Place::Place(WaitingLine& line) : line_(line) {
    std::lock_guard const lock(line_.mutex_);
    at_ = line_.places_.insert(line_.places_.end(), this);
}

WaitingLine::Place::~Place() {
    std::lock_guard const lock(line_.mutex_);
    line_.places_.erase(at_);
}

unsigned WaitingLine::Place::ahead() const {
    std::lock_guard const lock(line_.mutex_);
    auto const first = line_.places_.begin();
    return static_cast<unsigned>(std::distance(first, std::list<Place*>::iterator(at_)));
}

bool WaitingLine::Place::wait_until(base::Clock& clock, base::Clock::TimePoint when,
                                    std::stop_token stop) {
    auto called = [&] {
        std::lock_guard const lock(line_.mutex_);
        return called_;
    }();
    {
        std::stop_callback const on_stop(stop, [&called] { called.request_stop(); });
        clock.sleep_until(when, called.get_token());
    }
    std::lock_guard const lock(line_.mutex_);
    called_ = std::stop_source();
    return !stop.stop_requested();
}

void WaitingLine::Place::call_next() {
    std::lock_guard const lock(line_.mutex_);
    line_.call_from(std::next(at_));
}

void WaitingLine::call_first() {
    std::lock_guard const lock(mutex_);
    call_from(places_.begin());
}

void WaitingLine::call_from(std::list<Place*>::iterator at) {
    auto const waiting = std::find_if(
        at, places_.end(), [](Place* place) { return !place->called_.stop_requested(); });
    if (waiting != places_.end()) (*waiting)->called_.request_stop();
}

}  // namespace indexer::resilience
