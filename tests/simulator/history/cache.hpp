#pragma once

#include <cstddef>
#include <functional>
#include <future>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace indexer::simulator {

// Keeps what was used last, up to a number of bytes; Value::size() says how large one is. Values
// are shared because one may be pushed out while a reader still uses it. Safe for concurrent use:
// whoever asks for what another caller is making waits for it.
template <class Key, class Value>
class Cache {
  public:
    using Pointer = std::shared_ptr<Value const>;

    explicit Cache(std::size_t capacity) : capacity_(capacity) {}

    // What `make` throws goes to everybody who waits; the next caller tries again.
    Pointer get(Key const& key, std::function<Value()> const& make) {
        std::packaged_task<Pointer()> task([&] { return std::make_shared<Value const>(make()); });
        auto future = task.get_future().share();
        if (auto known = find_or_insert(key, future)) return known->get();
        task();
        settle(key, future);
        return future.get();
    }

  private:
    using Future = std::shared_future<Pointer>;

    struct Entry {
        Key key;
        Future future;
        std::size_t size = 0;  // 0 while it is being made
    };

    std::optional<Future> find_or_insert(Key const& key, Future const& future) {
        std::lock_guard const lock(mutex_);
        auto const found = index_.find(key);
        if (found == index_.end()) {
            entries_.push_front({key, future});
            index_[key] = entries_.begin();
            return std::nullopt;
        }
        entries_.splice(entries_.begin(), entries_, found->second);
        return found->second->future;
    }

    void settle(Key const& key, Future const& future) {
        std::lock_guard const lock(mutex_);
        auto const found = index_.find(key);
        if (found == index_.end()) return;
        try {
            found->second->size = future.get()->size();
            held_ += found->second->size;
        } catch (...) {
            drop(found->second);
        }
        while (held_ > capacity_ && entries_.size() > 1) drop(std::prev(entries_.end()));
    }

    void drop(typename std::list<Entry>::iterator entry) {
        held_ -= entry->size;
        index_.erase(entry->key);
        entries_.erase(entry);
    }

    std::mutex mutex_;
    std::size_t capacity_;
    std::size_t held_ = 0;
    std::list<Entry> entries_;  // newest use first
    std::map<Key, typename std::list<Entry>::iterator> index_;
};

}  // namespace indexer::simulator
