#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "solana/base58.hpp"

namespace indexer::test {

// The key of an account that a test calls by a name of at most 31 characters.
[[nodiscard]] solana::base58::Bytes32 key(std::string_view name);
// Its address; a genuine address, which is longer than such a name, stays what it is.
[[nodiscard]] std::string address(std::string_view name);

// Bytes as instructions and events hold them.
class Bytes {
  public:
    Bytes& u8(std::uint8_t value) { return little_endian(value, 1); }
    Bytes& u16(std::uint16_t value) { return little_endian(value, 2); }
    Bytes& u32(std::uint32_t value) { return little_endian(value, 4); }
    Bytes& u64(std::uint64_t value) { return little_endian(value, 8); }
    Bytes& key(std::string_view name);
    Bytes& text(std::string_view text);  // behind its length
    Bytes& zeros(std::size_t count);
    Bytes& append(std::string_view bytes);

    [[nodiscard]] std::string const& str() const noexcept { return bytes_; }
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

  private:
    Bytes& little_endian(std::uint64_t value, std::size_t size);

    std::string bytes_;
};

// An Anchor instruction or event: its discriminator, first byte first, and room for what follows.
[[nodiscard]] Bytes anchor_bytes(std::uint64_t discriminator);
[[nodiscard]] std::string base64_text(std::string_view bytes);
// What a program calls itself with to report an event.
[[nodiscard]] std::string event_cpi(Bytes const& event);

}  // namespace indexer::test
