#include "base/body.hpp"

#include <algorithm>
#include <cstdint>
#include <new>

namespace indexer::base {
namespace {

// Of the budget, what bodies may hold that nobody uses.
constexpr std::size_t kFreePart = 16;

}  // namespace

Body body_of(std::string bytes) {
    Body body;
    body.text_ = std::make_unique<std::string>(std::move(bytes));
    return body;
}

Body& Body::operator=(Body&& other) noexcept {
    give_back();
    bodies_ = other.bodies_;
    text_ = std::move(other.text_);
    memory_ = std::move(other.memory_);
    return *this;
}

void Body::give_back() noexcept {
    if (text_ && bodies_ != nullptr) bodies_->give_back(std::move(text_));
}

Body Bodies::take(std::size_t expected) {
    Body body;
    body.bodies_ = this;
    body.memory_ = MemoryShare(budget_);
    body.text_ = take_free(expected);
    try {
        body.count(body.text_->capacity());
    } catch (MemoryShort const&) {
        body.text_ = std::make_unique<std::string>();
    }
    return body;
}

// The smallest that is large enough, or else the largest: packed and unpacked answers take turns.
std::unique_ptr<std::string> Bodies::take_free(std::size_t expected) {
    std::lock_guard const lock(mutex_);
    if (free_.empty()) return std::make_unique<std::string>();
    auto const rank = [expected](std::unique_ptr<std::string> const& text) {
        auto const room = text->capacity();
        return room >= expected ? std::pair(0, room) : std::pair(1, SIZE_MAX - room);
    };
    auto const best =
        std::min_element(free_.begin(), free_.end(),
                         [&](auto const& a, auto const& b) { return rank(a) < rank(b); });
    std::swap(*best, free_.back());
    auto text = std::move(free_.back());
    free_.pop_back();
    free_bytes_ -= text->capacity();
    return text;
}

void Bodies::give_back(std::unique_ptr<std::string> text) noexcept {
    text->clear();
    std::lock_guard const lock(mutex_);
    if (text->capacity() > budget_.limit() / kFreePart - free_bytes_) return;
    try {
        auto const bytes = text->capacity();
        free_.push_back(std::move(text));
        free_bytes_ += bytes;
    } catch (std::bad_alloc const&) {
        // Then it is simply not kept.
    }
}

}  // namespace indexer::base
