#include "stellar/xdr/type.hpp"

#include <algorithm>

namespace indexer::stellar::xdr {

Case const* Type::search_case(std::int32_t value) const noexcept {
    auto const found = std::find_if(cases.begin(), cases.end(),
                                    [&](Case const& one) { return one.value == value; });
    return found == cases.end() ? nullptr : &*found;
}

}  // namespace indexer::stellar::xdr
