#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Base58 with Bitcoin's alphabet, the spelling of Solana's keys, hashes, signatures and instruction
// data. A leading '1' is a leading zero byte.
namespace indexer::solana::base58 {

using Bytes32 = std::array<std::uint8_t, 32>;  // a public key or a hash
using Bytes64 = std::array<std::uint8_t, 64>;  // a signature
using Text32 = std::array<char, 44>;           // room for the text of a Bytes32

[[nodiscard]] std::string encode(Bytes32 const& bytes);
[[nodiscard]] std::string encode(Bytes64 const& bytes);
// Without an allocation; the result lies in `text`.
[[nodiscard]] std::string_view encode(Bytes32 const& bytes, Text32& text) noexcept;

// Nothing unless `text` spells exactly 32 or 64 bytes.
[[nodiscard]] std::optional<Bytes32> decode32(std::string_view text) noexcept;
[[nodiscard]] std::optional<Bytes64> decode64(std::string_view text) noexcept;

// Whether `text` spells exactly 32 or 64 bytes, in a fraction of the time of decoding it.
[[nodiscard]] bool spells32(std::string_view text) noexcept;
[[nodiscard]] bool spells64(std::string_view text) noexcept;

// Text of any length, whose cost grows with its square. `bytes` is replaced; false, and `bytes` is
// empty, when the text holds a character outside the alphabet.
[[nodiscard]] bool decode(std::string_view text, std::string& bytes);
// The same to `out`, which has room for text.size() bytes. How many were written; nothing when the
// text holds a character outside the alphabet.
[[nodiscard]] std::optional<std::size_t> decode(std::string_view text, char* out);

}  // namespace indexer::solana::base58
