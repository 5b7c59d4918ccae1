#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/body.hpp"
#include "base/error.hpp"

namespace indexer::rpc {

// An answer of more bytes than allowed. Another endpoint may have a smaller one.
[[nodiscard]] base::Error too_large(std::size_t limit);

// Collects the body of one answer after another, with room behind it to parse in place, and never
// takes more memory than the limit and that room. One thread at a time.
class BodyBuffer {
  public:
    // `bodies` must outlive the buffer and what is taken from it.
    BodyBuffer(std::size_t limit, base::Bodies& bodies) noexcept : limit_(limit), bodies_(bodies) {}

    void clear();

    // False, and nothing is kept, when the body would grow beyond the limit. `promised` is the
    // length that the answer's header told; negative when it did not.
    [[nodiscard]] bool append(std::string_view bytes, std::int64_t promised);

    [[nodiscard]] bool overflowed() const noexcept { return overflowed_; }
    [[nodiscard]] std::string_view bytes() const noexcept { return *body_; }

    // The body, which leaves the buffer; clear() is to come next.
    [[nodiscard]] base::Body take();

  private:
    std::size_t limit_;
    base::Bodies& bodies_;
    base::Body body_ = base::body_of({});
    bool overflowed_ = false;
};

}  // namespace indexer::rpc
