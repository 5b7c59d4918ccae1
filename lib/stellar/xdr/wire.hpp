#pragma once

#include <cstdint>
#include <cstring>
#include <string>

namespace indexer::stellar::xdr {

// XDR is made of words of four bytes, big endian. Source: RFC 4506.
inline constexpr std::uint32_t kWord = 4;

template <class Integer>
[[nodiscard]] constexpr Integer padded(Integer length) noexcept {
    return (length + 3U) & ~Integer{3};
}

// Require: the bytes are there.
[[nodiscard]] inline std::uint32_t load_u32(char const* at) noexcept {
    std::uint32_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return __builtin_bswap32(word);
}

[[nodiscard]] inline std::int32_t load_i32(char const* at) noexcept {
    return static_cast<std::int32_t>(load_u32(at));
}

[[nodiscard]] inline std::uint64_t load_u64(char const* at) noexcept {
    std::uint64_t words = 0;
    std::memcpy(&words, at, sizeof words);
    return __builtin_bswap64(words);
}

inline void append_u32(std::string& out, std::uint32_t word) {
    word = __builtin_bswap32(word);
    out.append(reinterpret_cast<char const*>(&word), sizeof word);
}

}  // namespace indexer::stellar::xdr
