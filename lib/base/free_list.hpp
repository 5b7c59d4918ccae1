#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace indexer::base {

// Things that are costly to make, kept for whoever needs one next; there are as many as were ever
// in use at once. Safe for concurrent use. Must outlive its leases.
template <class T>
class FreeList {
  public:
    struct GiveBack {
        void operator()(T* thing) const noexcept {
            std::unique_ptr<T> owned(thing);
            if (list != nullptr) list->give_back(std::move(owned));
        }
        FreeList* list = nullptr;
    };
    // One thing, given back when destroyed.
    using Lease = std::unique_ptr<T, GiveBack>;

    explicit FreeList(std::function<std::unique_ptr<T>()> make) : make_(std::move(make)) {}

    // A thing of no list.
    [[nodiscard]] static Lease alone(std::unique_ptr<T> thing) {
        return Lease(thing.release(), GiveBack{});
    }

    [[nodiscard]] Lease take() {
        {
            std::lock_guard const lock(mutex_);
            if (!free_.empty()) {
                auto thing = std::move(free_.back());
                free_.pop_back();
                return Lease(thing.release(), {this});
            }
        }
        return Lease(make_().release(), {this});
    }

  private:
    void give_back(std::unique_ptr<T> thing) noexcept {
        std::lock_guard const lock(mutex_);
        try {
            free_.push_back(std::move(thing));
        } catch (std::bad_alloc const&) {
            // Then it is simply not kept.
        }
    }

    std::function<std::unique_ptr<T>()> make_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<T>> free_;
};

}  // namespace indexer::base
