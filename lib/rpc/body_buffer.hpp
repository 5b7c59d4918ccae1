#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/body.hpp"
#include "base/error.hpp"

namespace indexer::rpc {

// Most bytes of an answer, as received and again when unpacked.
struct AnswerLimit {
    // What is allowed, or what the budget has room for, with all that is made of it.
    AnswerLimit(std::size_t allowed, base::MemoryBudget const& memory) noexcept;

    std::size_t bytes;
    bool for_memory;  // whether the budget is what sets it
};

// An answer of more bytes than that. Another endpoint may have a smaller one.
[[nodiscard]] base::Error too_large(AnswerLimit limit);

// Collects the body of one answer after another, with room behind it to parse in place, and never
// takes more memory than the limit and that room. One thread at a time.
class BodyBuffer {
  public:
    // `bodies` must outlive the buffer and what is taken from it.
    BodyBuffer(AnswerLimit limit, base::Bodies& bodies) noexcept : limit_(limit), bodies_(bodies) {}

    // Begins a body; what was there before and not taken is given back.
    void clear();

    // False, and nothing is kept, when the body would grow beyond the limit. `promised` is the
    // length that the answer's header told; negative when it did not. Throws MemoryShort.
    [[nodiscard]] bool append(std::string_view bytes, std::int64_t promised);

    [[nodiscard]] bool overflowed() const noexcept { return overflowed_; }
    [[nodiscard]] std::string_view bytes() const noexcept {
        return body_ ? std::string_view(*body_) : std::string_view();
    }

    // The body, which leaves the buffer.
    [[nodiscard]] base::Body take();

  private:
    AnswerLimit limit_;
    base::Bodies& bodies_;
    base::Body body_;
    bool overflowed_ = false;
};

}  // namespace indexer::rpc
