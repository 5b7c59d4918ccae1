#include "stellar/xdr/value.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar::xdr {
namespace {

// Of a value whose first word says its size.
std::uint32_t computed_size(Type const& type, char const* at) noexcept {
    auto const word = load_u32(at);
    switch (type.kind) {
        case Kind::optional:
        case Kind::variable_array:
            return kWord + word * type.element->fixed_size;
        case Kind::tagged_union: {
            auto const* const arm = type.find_case(static_cast<std::int32_t>(word))->type;
            return arm == nullptr ? kWord : kWord + arm->fixed_size;
        }
        default:
            return kWord + padded(word);
    }
}

bool is_array(Kind kind) {
    return kind == Kind::array || kind == Kind::variable_array;
}

}  // namespace

Value Value::operator[](std::string_view field) const {
    require(type_->kind == Kind::structure, "has no fields");
    auto at = part(*type_, 0);
    for (auto const& one : type_->fields) {
        at.type_ = one.type;
        if (one.name == field) return at;
        at = at.behind(*one.type);
    }
    throw base::Error(base::Fault::internal, base::Recovery::never,
                      fmt::format("xdr: {} has no field '{}'", type_->name, field));
}

std::string_view Value::arm() const {
    return taken().name;
}

std::int32_t Value::discriminant() const {
    return taken().value;
}

OptionalValue Value::content() const {
    auto const* const type = taken().type;
    if (type == nullptr) return std::nullopt;
    return part(*type, kWord);
}

OptionalValue Value::when(std::string_view arm) const {
    auto const& one = taken();
    if (one.name != arm || one.type == nullptr) return std::nullopt;
    return part(*one.type, kWord);
}

OptionalValue Value::present() const {
    require(type_->kind == Kind::optional, "is not optional");
    if (load_u32(at_) == 0) return std::nullopt;
    return part(*type_->element, kWord);
}

std::uint32_t Value::size() const {
    require(is_array(type_->kind), "has no elements");
    return type_->kind == Kind::array ? type_->limit : load_u32(at_);
}

Value::Iterator Value::begin() const {
    auto const count = size();
    return {part(*type_->element, type_->kind == Kind::array ? 0 : kWord), count};
}

Value::Iterator Value::end() const {
    return {*this, 0};
}

bool Value::flag() const {
    require(type_->kind == Kind::boolean, "is no flag");
    return load_u32(at_) == 1;
}

std::int64_t Value::integer() const {
    switch (type_->kind) {
        case Kind::int32:
            return load_i32(at_);
        case Kind::uint32:
            return load_u32(at_);
        default:
            require(type_->kind == Kind::int64, "is no signed integer");
    }
    return static_cast<std::int64_t>(load_u64(at_));
}

std::uint64_t Value::natural() const {
    if (type_->kind == Kind::uint32) return load_u32(at_);
    require(type_->kind == Kind::uint64, "is no unsigned integer");
    return load_u64(at_);
}

std::string_view Value::bytes() const {
    if (type_->kind == Kind::opaque) return {at_, type_->limit};
    require(type_->kind == Kind::variable_opaque || type_->kind == Kind::string, "has no bytes");
    return {at_ + kWord, load_u32(at_)};
}

std::string_view Value::member() const {
    require(type_->kind == Kind::enumeration, "is no enumeration");
    return type_->find_case(load_i32(at_))->name;
}

Extent Value::extent() const noexcept {
    switch (type_->sizing) {
        case Sizing::fixed:
            return {type_->fixed_size, 0};
        case Sizing::computed:
            return {computed_size(*type_, at_), 0};
        case Sizing::measured:
            break;
    }
    return *extents_;
}

// A part that begins at that offset, with nothing measured between it and the beginning.
Value Value::part(Type const& type, std::uint32_t offset) const noexcept {
    return {type, at_ + offset, type_->sizing == Sizing::measured ? extents_ + 1 : extents_};
}

// What begins where this value ends.
Value Value::behind(Type const& type) const noexcept {
    auto const skipped = extent();
    return {type, at_ + skipped.bytes, extents_ + skipped.extents};
}

Case const& Value::taken() const {
    require(type_->kind == Kind::tagged_union, "is no union");
    return *type_->find_case(load_i32(at_));
}

Value const& OptionalValue::get() const {
    if (value_) return *value_;
    throw base::Error(base::Fault::internal, base::Recovery::never,
                      "xdr: a value was used that is not there");
}

void Value::require(bool holds, char const* what) const {
    if (holds) return;
    throw base::Error(base::Fault::internal, base::Recovery::never,
                      fmt::format("xdr: {} {}", type_->name, what));
}

}  // namespace indexer::stellar::xdr
