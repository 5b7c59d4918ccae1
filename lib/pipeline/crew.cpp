#include "pipeline/crew.hpp"

#include <utility>

namespace indexer::pipeline {

void Fate::fail(std::exception_ptr error) {
    {
        std::lock_guard const lock(mutex_);
        if (!first_) first_ = std::move(error);
    }
    failed_.request_stop();
}

void Fate::rethrow() const {
    if (first_) std::rethrow_exception(first_);
}

Crew::Crew(Fate& fate, unsigned size, std::function<void()> job) : job_(std::move(job)) {
    // Starting a thread can fail too; those that run then end with the others.
    fate.guard([&] {
        for (unsigned number = 0; number < size; ++number) {
            threads_.emplace_back([this, &fate] { fate.guard(job_); });
        }
    });
}

void Crew::join() {
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

}  // namespace indexer::pipeline
