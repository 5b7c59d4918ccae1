#pragma once

#include <string>

namespace indexer::stellar::xdr {

// Appends the decimal digits of a big-endian integer of `limbs` times 64 bits (at most 4), with a
// minus sign when `is_signed` and its first bit is set.
void append_wide_integer(std::string& out, char const* at, int limbs, bool is_signed);

}  // namespace indexer::stellar::xdr
