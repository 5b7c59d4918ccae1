#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/simulator/encoding/random.hpp"

namespace indexer::simulator {

inline constexpr std::string_view kBase58Alphabet =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

// Bytes as Solana spells them: big-endian base 58, one leading '1' for each leading zero byte.
[[nodiscard]] std::string base58(std::string_view bytes);

// Text that is the base-58 spelling of some 32 bytes (a hash, 44 characters) or 64 bytes (a
// signature, 88 characters). Choosing digits directly spares the long division, which matters with
// a thousand signatures a block.
void append_random_hash(std::string& out, Random random);
void append_random_signature(std::string& out, Random random);

// An account address.
struct Key {
    std::array<std::uint8_t, 32> bytes{};

    [[nodiscard]] std::string_view view() const noexcept;
    [[nodiscard]] std::string text() const { return base58(view()); }

    friend constexpr bool operator==(Key const&, Key const&) = default;
};

// The address that `text` spells. Requires: it spells 32 bytes; anything else does not compile.
[[nodiscard]] consteval Key key(std::string_view text) {
    Key result;
    for (char const c : text) {
        std::size_t carry = kBase58Alphabet.find(c);
        if (carry == std::string_view::npos) throw "not base 58";
        for (std::size_t i = result.bytes.size(); i-- > 0;) {
            carry += 58U * result.bytes.at(i);
            result.bytes.at(i) = static_cast<std::uint8_t>(carry & 0xffU);
            carry >>= 8U;
        }
        if (carry != 0) throw "longer than 32 bytes";
    }
    return result;
}

// A made-up address, the same for the same start.
[[nodiscard]] Key random_key(std::uint64_t start);

}  // namespace indexer::simulator
