#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace indexer::rpc {

// Collects the body of one answer after another, with room behind it to parse in place, and never
// takes more memory than the limit and that room. One thread at a time.
class BodyBuffer {
  public:
    explicit BodyBuffer(std::size_t limit) noexcept : limit_(limit) {}

    void clear() noexcept;

    // False, and nothing is kept, when the body would grow beyond the limit. `promised` is the
    // length that the answer's header told; negative when it did not.
    [[nodiscard]] bool append(std::string_view bytes, std::int64_t promised);

    [[nodiscard]] bool overflowed() const noexcept { return overflowed_; }
    [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }

    // The body, which leaves the buffer.
    [[nodiscard]] std::string take();

  private:
    std::size_t limit_;
    std::string bytes_;
    bool overflowed_ = false;
};

}  // namespace indexer::rpc
