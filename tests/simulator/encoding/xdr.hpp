#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace indexer::simulator {

// Writes values in Stellar's binary form, XDR (RFC 4506): big-endian words, everything a multiple
// of four bytes. Signed values go in as the unsigned ones of the same bits.
class Xdr {
  public:
    Xdr() = default;
    explicit Xdr(std::string bytes) : bytes_(std::move(bytes)) {}

    Xdr& u32(std::uint64_t value) { return number(value, 4); }
    Xdr& u64(std::uint64_t value) { return number(value, 8); }
    Xdr& i32(std::int64_t value) { return number(static_cast<std::uint64_t>(value), 4); }
    Xdr& i64(std::int64_t value) { return number(static_cast<std::uint64_t>(value), 8); }
    Xdr& flag(bool value) { return u32(value ? 1 : 0); }

    // Bytes of a length the type fixes, or a value that is XDR already.
    Xdr& raw(std::string_view bytes);
    Xdr& add(Xdr const& value) { return raw(value.text()); }

    // opaque<> and string<>: the length in front, zeros behind.
    Xdr& bytes(std::string_view bytes);

    // The count in front.
    Xdr& array(std::vector<std::string> const& elements);

    Xdr& absent() { return u32(0); }
    Xdr& present(std::string_view value) { return u32(1).raw(value); }

    operator std::string() const { return bytes_; }  // NOLINT(google-explicit-constructor)
    [[nodiscard]] std::string const& text() const noexcept { return bytes_; }

  private:
    Xdr& number(std::uint64_t value, unsigned size);

    std::string bytes_;
};

}  // namespace indexer::simulator
