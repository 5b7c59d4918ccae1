#include "stellar/xdr/wide_integer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <fmt/format.h>

#include "base/uint128.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar::xdr {
namespace {

constexpr int kMaxLimbs = 4;
constexpr std::uint64_t kChunk = 10'000'000'000'000'000'000ULL;  // the most zeros 64 bits hold
constexpr int kChunkDigits = 19;

using Limbs = std::span<std::uint64_t>;  // most significant first

void negate(Limbs limbs) {
    auto carry = true;
    for (auto i = limbs.size(); i-- > 0;) {
        limbs[i] = ~limbs[i] + (carry ? 1 : 0);
        carry = carry && limbs[i] == 0;
    }
}

bool is_zero(Limbs limbs) {
    return std::all_of(limbs.begin(), limbs.end(), [](auto limb) { return limb == 0; });
}

// Divides in place; the remainder.
std::uint64_t divide_by_chunk(Limbs limbs) {
    std::uint64_t remainder = 0;
    for (auto& limb : limbs) {
        auto const part = (base::Uint128{remainder} << 64) | limb;
        limb = static_cast<std::uint64_t>(part / kChunk);
        remainder = static_cast<std::uint64_t>(part % kChunk);
    }
    return remainder;
}

void append_digits(std::string& out, Limbs limbs) {
    auto const chunk = divide_by_chunk(limbs);
    if (is_zero(limbs)) {
        fmt::format_to(std::back_inserter(out), "{}", chunk);
        return;
    }
    append_digits(out, limbs);
    fmt::format_to(std::back_inserter(out), "{:0{}}", chunk, kChunkDigits);
}

}  // namespace

void append_wide_integer(std::string& out, char const* at, int limbs, bool is_signed) {
    std::array<std::uint64_t, kMaxLimbs> storage{};
    auto const number = Limbs(storage).first(static_cast<std::size_t>(limbs));
    for (auto& limb : number) {
        limb = load_u64(at);
        at += sizeof limb;
    }
    if (is_signed && (number.front() >> 63) != 0) {
        out += '-';
        negate(number);
    }
    append_digits(out, number);
}

}  // namespace indexer::stellar::xdr
