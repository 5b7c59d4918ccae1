#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace indexer::stellar::xdr {

// A file of values as stellar-core and the history archives write it: in front of each, a word with
// its length. The top bit marks the last fragment of a value; stellar-core writes one fragment a
// value, but more are put together. Source: RFC 5531, section 11. Not safe for concurrent use.
class MarkedStream {
  public:
    // Views `bytes`.
    explicit MarkedStream(std::string_view bytes) : left_(bytes), size_(bytes.size()) {}

    // The bytes of the next value, valid until the next call; nothing at the end of the stream.
    // Throws DecodeError (truncated) when the stream ends inside a value.
    [[nodiscard]] std::optional<std::string_view> next();

  private:
    struct Fragment {
        std::string_view bytes;
        bool is_last;
    };

    Fragment take_fragment();

    std::string_view left_;
    std::size_t size_;
    std::string joined_;
};

// Appends a value to such a stream, as one fragment. Requires: less than 2 GiB.
void append_marked(std::string& stream, std::string_view bytes);

}  // namespace indexer::stellar::xdr
