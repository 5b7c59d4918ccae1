#include "stellar/xdr/schema_layout.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "base/error.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar::xdr {
namespace {

struct Size {
    bool known = false;
    std::uint32_t fixed = 0;  // 0: differs from value to value
    std::uint32_t least = 0;
    bool unconstrained = false;
};

Size fixed_size(std::uint32_t size, bool unconstrained) {
    return {.known = true, .fixed = size, .least = size, .unconstrained = unconstrained};
}

Size of_array(Type const& type) {
    auto const& element = *type.element;
    return {.known = element.least_size > 0,
            .fixed = type.limit * element.fixed_size,
            .least = type.limit * element.least_size,
            .unconstrained = element.unconstrained};
}

Size of_structure(Type const& type) {
    Size size = fixed_size(0, true);
    auto is_fixed = true;
    for (auto const& field : type.fields) {
        size.known = size.known && field.type->least_size > 0;
        size.fixed += field.type->fixed_size;
        size.least += field.type->least_size;
        size.unconstrained = size.unconstrained && field.type->unconstrained;
        is_fixed = is_fixed && field.type->fixed_size > 0;
    }
    if (!is_fixed) size.fixed = 0;
    return size;
}

Size of_union(Type const& type) {
    Size size{.known = true, .fixed = 0, .least = ~0U, .unconstrained = false};
    auto widest = 0U;
    auto is_fixed = true;
    for (auto const& arm : type.cases) {
        auto const least = arm.type == nullptr ? 0 : arm.type->least_size;
        size.known = size.known && (arm.type == nullptr || least > 0);
        is_fixed = is_fixed && (arm.type == nullptr || arm.type->fixed_size > 0);
        size.least = std::min(size.least, kWord + least);
        widest = std::max(widest, kWord + least);
    }
    if (is_fixed && widest == size.least) size.fixed = widest;
    return size;
}

Size size_of(Type const& type) {
    switch (type.kind) {
        case Kind::int32:
        case Kind::uint32:
            return fixed_size(kWord, true);
        case Kind::int64:
        case Kind::uint64:
            return fixed_size(2 * kWord, true);
        case Kind::boolean:
        case Kind::enumeration:
            return fixed_size(kWord, false);
        case Kind::opaque:
            return fixed_size(padded(type.limit), padded(type.limit) == type.limit);
        case Kind::array:
            return of_array(type);
        case Kind::structure:
            return of_structure(type);
        case Kind::tagged_union:
            return of_union(type);
        default:
            return {.known = true, .fixed = 0, .least = kWord, .unconstrained = false};
    }
}

// Sizes a type whose parts are sized already; false when it is not its turn.
bool settle(Type& type) {
    if (type.least_size > 0) return false;
    auto const size = size_of(type);
    if (!size.known) return false;
    type.least_size = size.least;
    type.fixed_size = size.fixed;
    type.unconstrained = size.unconstrained && size.fixed > 0;
    return true;
}

// A union may hold itself, as long as one of its arms does not: the first such that is left gets
// the least any union can have.
bool settle_recursive_union(std::deque<Type>& types) {
    auto const found = std::find_if(types.begin(), types.end(), [](Type const& type) {
        return type.least_size == 0 && type.kind == Kind::tagged_union;
    });
    if (found == types.end()) return false;
    found->least_size = kWord;
    return true;
}

void settle_all(std::deque<Type>& types) {
    auto progress = true;
    while (progress) {
        progress = false;
        for (auto& type : types) progress = settle(type) || progress;
        if (!progress) progress = settle_recursive_union(types);
    }
    for (auto const& type : types) {
        if (type.least_size > 0) continue;
        throw base::Error(base::Fault::internal, base::Recovery::never,
                          fmt::format("xdr schema: {} contains itself", type.name));
    }
}

bool is_computed(Type const& type) {
    switch (type.kind) {
        case Kind::variable_opaque:
        case Kind::string:
            return true;
        case Kind::optional:
        case Kind::variable_array:
            return type.element->fixed_size > 0;
        case Kind::tagged_union:
            return std::all_of(type.cases.begin(), type.cases.end(), [](Case const& arm) {
                return arm.type == nullptr || arm.type->fixed_size > 0;
            });
        default:
            return false;
    }
}

Sizing sizing_of(Type const& type) {
    if (type.fixed_size > 0) return Sizing::fixed;
    return is_computed(type) ? Sizing::computed : Sizing::measured;
}

}  // namespace

void lay_out(std::deque<Type>& types) {
    settle_all(types);
    for (auto& type : types) type.sizing = sizing_of(type);
}

}  // namespace indexer::stellar::xdr
