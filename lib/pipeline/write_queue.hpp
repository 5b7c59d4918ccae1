#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stop_token>
#include <vector>

#include "observe/metrics.hpp"
#include "pipeline/delivery.hpp"

namespace indexer::pipeline {

// Between fetch workers and writers. Full in blocks or in bytes, it makes producers wait; nothing
// is ever dropped. Something larger than the byte bound is let in when the queue is empty.
// Safe for concurrent use.
class WriteQueue {
  public:
    struct Limits {
        std::size_t blocks;  // >= 1
        std::size_t bytes;   // of rows
    };
    // When a group is handed out: it is full, its oldest member has waited `flush_interval`,
    // producers wait for room, or the queue was closed.
    struct Group {
        std::size_t blocks;  // >= 1
        std::size_t bytes;
        std::chrono::steady_clock::duration flush_interval;
    };
    struct Depth {
        std::size_t blocks = 0;
        std::size_t bytes = 0;
    };

    explicit WriteQueue(Limits limits) : limits_(limits) {}

    // Waits for room. False, with `delivery` gone, when a stop was requested.
    // Requires: not closed.
    [[nodiscard]] bool push(Delivery delivery, std::stop_token stop);

    // Waits for a group. Empty when the queue is closed and drained, or a stop was requested.
    [[nodiscard]] std::vector<Delivery> pop(Group group, std::stop_token stop);

    // No more pushes; what is inside is still handed out.
    void close();

    [[nodiscard]] Depth depth() const;
    [[nodiscard]] Limits const& limits() const noexcept { return limits_; }

  private:
    struct Item {
        Delivery delivery;
        std::size_t bytes;
        std::chrono::steady_clock::time_point since;
    };
    [[nodiscard]] bool has_room(std::size_t bytes) const noexcept;
    [[nodiscard]] bool is_full(Group const& group) const noexcept;
    [[nodiscard]] std::vector<Delivery> take(Group const& group);

    Limits const limits_;
    mutable std::mutex mutex_;
    std::condition_variable_any room_;
    std::condition_variable_any work_;
    std::deque<Item> items_;
    std::size_t bytes_ = 0;
    unsigned waiting_producers_ = 0;
    bool closed_ = false;
};

void add_samples(observe::Samples& samples, WriteQueue const& queue);

}  // namespace indexer::pipeline
