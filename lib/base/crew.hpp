#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <initializer_list>
#include <list>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace indexer::base {

// The shared end of several threads: the first exception ends them all and is kept.
// Safe for concurrent use.
class Fate {
  public:
    // The threads end with each of `others`, too.
    Fate(std::initializer_list<std::stop_token> others = {});

    // Runs `body`; an exception is kept if it is the first, and ends the others.
    template <class Body>
    void guard(Body&& body) {
        try {
            body();
        } catch (...) {
            fail(std::current_exception());
        }
    }

    // Requested once a thread has failed, or it is the end for another reason.
    [[nodiscard]] std::stop_token ended() const { return ended_.get_token(); }

    // Throws the first exception. Requires: the threads are joined.
    void rethrow() const;

  private:
    void fail(std::exception_ptr error);

    std::stop_source ended_;
    std::list<std::stop_callback<std::function<void()>>> on_others_;
    std::mutex mutex_;
    std::exception_ptr first_;
};

// How many threads can compute at the same time. More at work only hold more memory.
[[nodiscard]] unsigned cores() noexcept;

// Threads that do the same job under one fate. Finish by join(); the destructor joins as well.
class Crew {
  public:
    // `fate` must outlive the crew; `job` is called in `size` threads at once.
    Crew(Fate& fate, std::size_t size, std::function<void()> job);
    Crew(Crew const&) = delete;
    Crew& operator=(Crew const&) = delete;
    ~Crew() { join(); }

    void join();

  private:
    std::function<void()> job_;
    std::vector<std::thread> threads_;
};

}  // namespace indexer::base
