#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <mutex>
#include <stop_token>
#include <type_traits>
#include <utility>

#include "base/error.hpp"

namespace indexer::base {

// More bytes are needed than are free now. Whoever meets it gives back what it holds, which
// MemoryBudget::run() does for it, and begins again.
class MemoryShort final : public Error {
  public:
    explicit MemoryShort(std::size_t limit);
};

class MemoryShare;

// The bytes that work under way may hold, counted before they are there and given back behind them.
//
// Nobody waits for bytes while holding some, so nobody waits for ever:
//
//   run() waits for room ──▶ the work takes what really comes ──▶ its rows keep their part until
//     ▲  (in turn, holding     │  never waiting                     they are written
//     │   nothing)             ▼
//     └── gives all back ◀── MemoryShort       each time for more room, at last for all of it
//
// What does not even fit when nothing else is there can never fit: only then run() throws. Safe for
// concurrent use. Must outlive its shares.
class MemoryBudget {
  public:
    static constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
    // What one piece of work holds whatever comes: a thread's stack and a connection's buffers.
    static constexpr std::size_t kLeast = 512U * 1024;

    explicit MemoryBudget(std::size_t limit = kNoLimit) : limit_(limit) {}
    MemoryBudget(MemoryBudget const&) = delete;
    MemoryBudget& operator=(MemoryBudget const&) = delete;

    // Does `work` when there is room for what such work lately held, and again, with more room,
    // when that throws MemoryShort; so nothing may have been given away by then. Throws that when
    // it does not fit by itself, Fault::stopped when a stop is requested while waiting. To be
    // called by who holds no shares.
    template <class Work>
    std::invoke_result_t<Work&> run(Work work, std::stop_token stop) {
        for (auto need = usual();; need = more(need)) {
            Place const place(*this, need, stop);
            try {
                return work();
            } catch (MemoryShort const&) {
                if (place.was_alone()) throw;
            }
        }
    }

    // Tells what a piece of work held, so that later ones wait for as much.
    void learn(std::size_t bytes) noexcept;

    [[nodiscard]] std::size_t limit() const noexcept { return limit_; }
    [[nodiscard]] std::size_t used() const;
    // How often work was begun again.
    [[nodiscard]] std::uint64_t restarts() const;

  private:
    friend class MemoryShare;

    // The room of one piece of work.
    class Place {
      public:
        Place(MemoryBudget& budget, std::size_t need, std::stop_token const& stop);
        Place(Place const&) = delete;
        Place& operator=(Place const&) = delete;
        ~Place();

        // Whether nothing else was there, and nothing else came.
        [[nodiscard]] bool was_alone() const noexcept { return alone_; }

      private:
        friend class MemoryBudget;
        MemoryBudget& budget_;
        std::size_t need_;
        bool alone_ = false;
        std::condition_variable_any called_;
    };

    [[nodiscard]] std::size_t usual() const;
    [[nodiscard]] std::size_t more(std::size_t need);
    [[nodiscard]] bool has_place(std::size_t need) const noexcept;
    // Requires the mutex.
    void call_first() noexcept;
    void take(std::size_t bytes);
    void give_back(std::size_t bytes, bool kept) noexcept;
    void keep(std::size_t bytes) noexcept;

    std::size_t const limit_;
    mutable std::mutex mutex_;
    std::deque<Place*> line_;  // who waits for a place, the first first
    std::size_t used_ = 0;     // never more than the limit
    std::size_t kept_ = 0;     // of that, what outlives the work: rows to be written
    std::size_t planned_ = 0;  // what those with a place are expected to hold
    std::size_t usual_ = 16U * 1024 * 1024;
    std::uint64_t restarts_ = 0;
};

// Some bytes of a budget, or of none; given back when destroyed. One thread at a time.
class MemoryShare {
  public:
    MemoryShare() = default;
    explicit MemoryShare(MemoryBudget& budget) : budget_(&budget) {}
    MemoryShare(MemoryShare&& other) noexcept;
    MemoryShare& operator=(MemoryShare&& other) noexcept;
    ~MemoryShare() { resize_down(0); }

    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
    // Never waits. Throws MemoryShort, and nothing changes, when there are not as many.
    void resize(std::size_t bytes);
    void grow_to(std::size_t bytes) {
        if (bytes > bytes_) resize(bytes);
    }
    // Takes over all of another share of the same budget.
    void absorb(MemoryShare other);
    // So many of the bytes, or all there are, as a share that is to outlive the work.
    [[nodiscard]] MemoryShare split_kept(std::size_t bytes);

  private:
    void resize_down(std::size_t bytes) noexcept;

    MemoryBudget* budget_ = nullptr;
    std::size_t bytes_ = 0;
    bool kept_ = false;
};

}  // namespace indexer::base
