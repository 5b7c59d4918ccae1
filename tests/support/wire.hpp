#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stellar/xdr/wire.hpp"

namespace indexer::test {

// Puts XDR together by hand.
class Wire {
  public:
    Wire& u32(std::uint32_t word) {
        stellar::xdr::append_u32(bytes_, word);
        return *this;
    }
    Wire& u64(std::uint64_t words) {
        return u32(static_cast<std::uint32_t>(words >> 32)).u32(static_cast<std::uint32_t>(words));
    }
    Wire& raw(std::string_view bytes) {
        bytes_ += bytes;
        return *this;
    }
    // An opaque<> or a string<>.
    Wire& counted(std::string_view bytes) {
        u32(static_cast<std::uint32_t>(bytes.size())).raw(bytes);
        return zeros(stellar::xdr::padded(bytes.size()) - bytes.size());
    }
    Wire& zeros(std::size_t count) {
        bytes_.append(count, '\0');
        return *this;
    }
    // 32 bytes, all the same.
    Wire& key(char fill) {
        bytes_.append(32, fill);
        return *this;
    }

    [[nodiscard]] std::string const& bytes() const noexcept { return bytes_; }

  private:
    std::string bytes_;
};

}  // namespace indexer::test
