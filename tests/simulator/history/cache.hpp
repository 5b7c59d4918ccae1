#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>

namespace indexer::simulator {

// Keeps what was made last, up to a number of bytes; Value::size() says how large one is. Values
// are shared because one may be pushed out while a reader still uses it. Safe for concurrent use;
// two callers that miss at once both make the value.
template <class Key, class Value>
class Cache {
  public:
    explicit Cache(std::size_t capacity) : capacity_(capacity) {}

    std::shared_ptr<Value const> get(Key const& key, std::function<Value()> const& make) {
        if (auto known = find(key)) return known;
        auto made = std::make_shared<Value const>(make());
        insert(key, made);
        return made;
    }

  private:
    using Entry = std::pair<Key, std::shared_ptr<Value const>>;

    std::shared_ptr<Value const> find(Key const& key) {
        std::lock_guard const lock(mutex_);
        auto const found = index_.find(key);
        if (found == index_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found->second);
        return found->second->second;
    }

    void insert(Key const& key, std::shared_ptr<Value const> const& value) {
        std::lock_guard const lock(mutex_);
        if (index_.find(key) != index_.end()) return;
        entries_.emplace_front(key, value);
        index_[key] = entries_.begin();
        held_ += value->size();
        while (held_ > capacity_ && entries_.size() > 1) drop_oldest();
    }

    void drop_oldest() {
        held_ -= entries_.back().second->size();
        index_.erase(entries_.back().first);
        entries_.pop_back();
    }

    std::mutex mutex_;
    std::size_t capacity_;
    std::size_t held_ = 0;
    std::list<Entry> entries_;  // newest use first
    std::map<Key, typename std::list<Entry>::iterator> index_;
};

}  // namespace indexer::simulator
