#pragma once

#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace indexer::pipeline {

// The shared end of several threads: the first exception stops them all and is kept.
// Safe for concurrent use.
class Fate {
  public:
    // Runs `body`; an exception is kept if it is the first, and requests a stop.
    template <class Body>
    void guard(Body&& body) {
        try {
            body();
        } catch (...) {
            fail(std::current_exception());
        }
    }

    // Requested once a thread has failed.
    [[nodiscard]] std::stop_token failed() const { return failed_.get_token(); }

    // Throws the first exception. Requires: the threads are joined.
    void rethrow() const;

  private:
    void fail(std::exception_ptr error);

    std::stop_source failed_;
    std::mutex mutex_;
    std::exception_ptr first_;
};

// Threads that do the same job under one fate. Finish by join(); the destructor joins as well.
class Crew {
  public:
    // `fate` must outlive the crew; `job` is called in `size` threads at once.
    Crew(Fate& fate, unsigned size, std::function<void()> job);
    Crew(Crew const&) = delete;
    Crew& operator=(Crew const&) = delete;
    ~Crew() { join(); }

    void join();

  private:
    std::function<void()> job_;
    std::vector<std::thread> threads_;
};

}  // namespace indexer::pipeline
