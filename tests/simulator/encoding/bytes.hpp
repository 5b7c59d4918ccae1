#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/simulator/encoding/base58.hpp"

namespace indexer::simulator {

// Instruction and event data, in Solana's little-endian order. Signed values go in as the unsigned
// ones of the same bits.
class Bytes {
  public:
    Bytes() = default;

    // An Anchor discriminator as the documentation writes it: 16 hexadecimal digits.
    explicit Bytes(std::string_view hex);

    Bytes& u8(std::uint64_t value) { return number(value, 1); }
    Bytes& u16(std::uint64_t value) { return number(value, 2); }
    Bytes& u32(std::uint64_t value) { return number(value, 4); }
    Bytes& u64(std::uint64_t value) { return number(value, 8); }
    Bytes& u128(std::uint64_t high, std::uint64_t low) { return u64(low).u64(high); }
    Bytes& add(Key const& key) { return raw(key.view()); }
    Bytes& raw(std::string_view bytes);

    operator std::string() const { return bytes_; }  // NOLINT(google-explicit-constructor)
    [[nodiscard]] std::string const& text() const noexcept { return bytes_; }

  private:
    Bytes& number(std::uint64_t value, unsigned size);

    std::string bytes_;
};

// As logs carry it.
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace indexer::simulator
