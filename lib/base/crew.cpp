#include "base/crew.hpp"

#include <algorithm>
#include <utility>

namespace indexer::base {

Fate::Fate(std::initializer_list<std::stop_token> others) {
    for (std::stop_token const& other : others) {
        on_others_.emplace_back(other, [this] { ended_.request_stop(); });
    }
}

void Fate::fail(std::exception_ptr error) {
    {
        std::lock_guard const lock(mutex_);
        if (!first_) first_ = std::move(error);
    }
    ended_.request_stop();
}

void Fate::rethrow() const {
    if (first_) std::rethrow_exception(first_);
}

unsigned cores() noexcept {
    return std::max(1U, std::thread::hardware_concurrency());
}

Crew::Crew(Fate& fate, std::size_t size, std::function<void()> job) : job_(std::move(job)) {
    // Starting a thread can fail too; those that run then end with the others.
    fate.guard([&] {
        for (std::size_t number = 0; number < size; ++number) {
            threads_.emplace_back([this, &fate] { fate.guard(job_); });
        }
    });
}

void Crew::join() {
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

}  // namespace indexer::base
