#include "stellar/xdr/type.hpp"

#include <algorithm>
#include <cstddef>

namespace indexer::stellar::xdr {

Case const* Type::find_case(std::int32_t value) const noexcept {
    if (cases.empty()) return nullptr;
    // Nearly all are numbered without a gap, so the value says the place.
    auto const place = static_cast<std::int64_t>(value) - cases.front().value;
    if (place >= 0 && place < static_cast<std::int64_t>(cases.size())) {
        auto const& there = cases[static_cast<std::size_t>(place)];
        if (there.value == value) return &there;
    }
    auto const found = std::find_if(cases.begin(), cases.end(),
                                    [&](Case const& one) { return one.value == value; });
    return found == cases.end() ? nullptr : &*found;
}

}  // namespace indexer::stellar::xdr
