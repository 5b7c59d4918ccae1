#pragma once

#include <random>
#include <string>

#include "stellar/xdr/type.hpp"

namespace indexer::test {

// A valid value of the type, picked by chance: any arm, any member, arrays of a few elements. Ends
// recursion as soon as it is deep, by arms that hold no other value.
[[nodiscard]] std::string sample(stellar::xdr::Type const& type, std::mt19937& chance);

}  // namespace indexer::test
