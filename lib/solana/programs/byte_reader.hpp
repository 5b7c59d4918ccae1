#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "solana/base58.hpp"

namespace indexer::solana {

// What a decoder throws about an instruction whose bytes or accounts are not as it knows them:
// Fault::not_understood, Recovery::never.
[[nodiscard]] base::Error undecodable(std::string const& what);

// Reads fields one after the other from instruction data or an event: integers are little-endian,
// as Borsh, bincode and Solana's own layouts have them. Each read throws undecodable() where the
// bytes end before the field does. Views into `bytes`, which must outlive it.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) noexcept : rest_(bytes), size_(bytes.size()) {}

    [[nodiscard]] std::uint8_t u8();
    [[nodiscard]] std::uint16_t u16();
    [[nodiscard]] std::uint32_t u32();
    [[nodiscard]] std::uint64_t u64();
    [[nodiscard]] bool boolean() { return u8() != 0; }
    [[nodiscard]] base58::Bytes32 key();
    [[nodiscard]] std::string_view bytes(std::size_t count);
    void skip(std::size_t count) { static_cast<void>(bytes(count)); }
    // Bytes behind their own count, which is a u32: a string or a list of bytes.
    void skip_counted(std::size_t size_of_item = 1) { skip(u32() * size_of_item); }

    // Layouts grow by appending: whether this many more bytes are there.
    [[nodiscard]] bool has(std::size_t count) const noexcept { return rest_.size() >= count; }
    // What has not been read; behind the last field known it holds fields nobody knew of.
    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

  private:
    template <class T>
    T integer();

    std::string_view rest_;
    std::size_t size_;
};

}  // namespace indexer::solana
