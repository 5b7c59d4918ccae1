#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/memory_budget.hpp"

namespace indexer::base {

class Bodies;

// The bytes of an answer, and the part of the memory budget that they and what is made of them
// hold. Goes back to the list that it came from, if any. One thread at a time.
class Body {
  public:
    // None: holds nothing and may not be looked at.
    Body() = default;
    Body(Body&&) noexcept = default;
    Body& operator=(Body&& other) noexcept;
    ~Body() { give_back(); }

    [[nodiscard]] explicit operator bool() const noexcept { return text_ != nullptr; }
    [[nodiscard]] std::string& operator*() noexcept { return *text_; }
    [[nodiscard]] std::string const& operator*() const noexcept { return *text_; }
    [[nodiscard]] std::string* operator->() noexcept { return text_.get(); }
    [[nodiscard]] std::string const* operator->() const noexcept { return text_.get(); }

    [[nodiscard]] MemoryShare& memory() noexcept { return memory_; }

    // Counts what it holds, or is about to, for so many bytes of text. Throws MemoryShort.
    void count(std::size_t bytes) { memory_.grow_to(bytes <= kFree ? 0 : bytes); }

    // Small answers are part of what a piece of work holds anyway, so that what only asks for the
    // tip never lacks memory.
    static constexpr std::size_t kFree = 128U * 1024;

  private:
    friend class Bodies;
    friend Body body_of(std::string bytes);
    void give_back() noexcept;

    Bodies* bodies_ = nullptr;
    std::unique_ptr<std::string> text_;
    MemoryShare memory_;
};

// One that goes back to no list and counts nowhere.
[[nodiscard]] Body body_of(std::string bytes);

// What held the bytes of an answer is used again for a later one: memory that is new costs the
// system more time than the program needs to read what is put there. Of what nobody uses no more is
// kept than a small part of the budget. Safe for concurrent use. Must outlive its bodies.
class Bodies {
  public:
    explicit Bodies(MemoryBudget& budget) : budget_(budget) {}

    // One without text, but with room for as much as is expected, if there is such a one.
    [[nodiscard]] Body take(std::size_t expected = 0);

  private:
    friend class Body;
    void give_back(std::unique_ptr<std::string> text) noexcept;
    [[nodiscard]] std::unique_ptr<std::string> take_free(std::size_t expected);

    MemoryBudget& budget_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<std::string>> free_;
    std::size_t free_bytes_ = 0;
};

}  // namespace indexer::base
