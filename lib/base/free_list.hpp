#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace indexer::base {

// Things that are costly to make, kept for whoever needs one next; there are as many as were ever
// in use at once, and never more than `most`. Safe for concurrent use. Must outlive its leases.
template <class T>
class FreeList {
  public:
    struct GiveBack {
        void operator()(T* thing) const noexcept {
            if (list == nullptr) return std::default_delete<T>()(thing);
            list->give_back(std::unique_ptr<T>(thing));
        }
        FreeList* list = nullptr;
    };
    // One thing, given back when destroyed.
    using Lease = std::unique_ptr<T, GiveBack>;

    FreeList() : FreeList([] { return std::make_unique<T>(); }) {}
    explicit FreeList(std::function<std::unique_ptr<T>()> make,
                      std::size_t most = std::numeric_limits<std::size_t>::max())
        : make_(std::move(make)), most_(most) {}

    // A thing of no list.
    [[nodiscard]] static Lease alone(std::unique_ptr<T> thing) {
        return Lease(thing.release(), GiveBack{});
    }

    // Waits while the most are in use, which is to be for no longer than work takes.
    [[nodiscard]] Lease take() {
        std::unique_lock lock(mutex_);
        given_back_.wait(lock, [this] { return out_ < most_; });
        ++out_;
        if (free_.empty()) {
            lock.unlock();
            return make();
        }
        auto thing = std::move(free_.back());
        free_.pop_back();
        return Lease(thing.release(), {this});
    }

  private:
    Lease make() {
        try {
            return Lease(make_().release(), {this});
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }
    void give_back(std::unique_ptr<T> thing) noexcept {
        std::lock_guard const lock(mutex_);
        --out_;
        given_back_.notify_one();
        try {
            if (thing) free_.push_back(std::move(thing));
        } catch (std::bad_alloc const&) {
            // Then it is simply not kept.
        }
    }

    std::function<std::unique_ptr<T>()> make_;
    std::size_t most_;
    std::mutex mutex_;
    std::condition_variable given_back_;
    std::vector<std::unique_ptr<T>> free_;
    std::size_t out_ = 0;
};

}  // namespace indexer::base
