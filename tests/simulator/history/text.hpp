#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace indexer::simulator {

// Takes text bit by bit; false: no more is wanted.
using Sink = std::function<bool(std::string_view)>;

// The same text as whole deflate blocks, none of them the last of a stream, that begin and end with
// a byte.
struct Deflated {
    std::size_t size = 0;

    // Gives `size` bytes to the sink and brings the CRC-32 of the text before up to its end.
    std::function<bool(Sink const&, std::uint32_t& crc)> produce;
};

// Text whose size is known and whose bytes are made when they are sent, so that a block of some
// megabytes is never held a second time. Immutable and cheap to copy.
class Text {
  public:
    Text() = default;
    // Any string is a text.
    Text(std::string whole);                               // NOLINT(google-explicit-constructor)
    Text(char const* whole) : Text(std::string(whole)) {}  // NOLINT(google-explicit-constructor)

    // `produce` gives `size` bytes to the sink and returns what the sink last said. It may be
    // called from any thread, more than once.
    Text(std::size_t size, std::function<bool(Sink const&)> produce, Deflated deflated = {});

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    // Whether the sink took all of it.
    bool write(Sink const& sink) const { return size_ == 0 || produce_(sink); }

    [[nodiscard]] std::string str() const;

    // Several in a row.
    [[nodiscard]] static Text join(std::vector<Text> parts);

    // Without a size when the text has no such form.
    [[nodiscard]] Deflated const& deflated() const noexcept { return deflated_; }

  private:
    std::size_t size_ = 0;
    std::function<bool(Sink const&)> produce_;
    Deflated deflated_;
};

}  // namespace indexer::simulator
