#include "stellar/xdr/checker.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

#include <fmt/format.h>

#include "stellar/xdr/wire.hpp"

namespace indexer::stellar::xdr {
namespace {

// Where rs-soroban-env stops reading, too. The deepest legal ScVal has 100 levels, of up to four
// values here.
constexpr int kMaxDepth = 500;

}  // namespace

Checker::Checker(std::string_view bytes, std::vector<Extent>& extents)
    : begin_(bytes.data()), at_(begin_), end_(begin_ + bytes.size()), extents_(extents) {
}

void Checker::check_all(Type const& type) {
    root_ = &type;
    if (static_cast<std::size_t>(end_ - at_) > std::numeric_limits<std::uint32_t>::max()) {
        fail(Defect::too_large, nullptr);
    }
    check(type, nullptr);
    if (at_ != end_) fail(Defect::trailing_bytes, nullptr);
}

void Checker::check(Type const& type, Frame const* around) {
    if (type.unconstrained) return skip(type.fixed_size, around);
    if (type.sizing != Sizing::measured) return check_parts(type, around);
    auto const own = extents_.size();
    auto const* const start = at_;
    extents_.emplace_back();
    check_parts(type, around);
    extents_[own] = {.bytes = static_cast<std::uint32_t>(at_ - start),
                     .extents = static_cast<std::uint32_t>(extents_.size() - own)};
}

void Checker::check_parts(Type const& type, Frame const* around) {
    switch (type.kind) {
        case Kind::boolean:
            return flag(around);
        case Kind::enumeration:
            return enumeration(type, around);
        case Kind::opaque:
            return content(type.limit, around);
        case Kind::variable_opaque:
        case Kind::string:
            return content(length(type, around), around);
        case Kind::array:
            return elements(type, type.limit, around);
        case Kind::variable_array:
            return elements(type, length(type, around), around);
        case Kind::optional:
            return optional(type, around);
        case Kind::structure:
            return structure(type, around);
        case Kind::tagged_union:
            return tagged_union(type, around);
        default:
            skip(type.fixed_size, around);
    }
}

void Checker::flag(Frame const* around) {
    if (word(around) > 1) fail(Defect::bad_flag, around);
    at_ += kWord;
}

void Checker::enumeration(Type const& type, Frame const* around) {
    auto const value = static_cast<std::int32_t>(word(around));
    if (type.find_case(value) == nullptr) fail(Defect::unknown_case, around);
    at_ += kWord;
}

// Bytes and the zeros that fill up their last word.
void Checker::content(std::uint32_t length, Frame const* around) {
    auto const left = static_cast<std::size_t>(end_ - at_);
    if (padded<std::size_t>(length) > left) fail(Defect::truncated, around);
    auto const* const stop = at_ + padded(length);
    if (std::any_of(at_ + length, stop, [](char byte) { return byte != 0; })) {
        fail(Defect::nonzero_padding, around);
    }
    at_ = stop;
}

void Checker::structure(Type const& type, Frame const* around) {
    auto frame = enter(type, around);
    for (auto const& field : type.fields) {
        check(*field.type, &frame);
        ++frame.part;
    }
}

void Checker::tagged_union(Type const& type, Frame const* around) {
    auto const discriminant = word(around);
    auto const* const arm = type.find_case(static_cast<std::int32_t>(discriminant));
    if (arm == nullptr) fail(Defect::unknown_case, around);
    at_ += kWord;
    if (arm->type == nullptr) return;
    auto frame = enter(type, around);
    frame.part = discriminant;
    check(*arm->type, &frame);
}

void Checker::optional(Type const& type, Frame const* around) {
    auto const is_present = word(around) == 1;
    flag(around);
    if (!is_present) return;
    auto const frame = enter(type, around);
    check(*type.element, &frame);
}

void Checker::elements(Type const& type, std::uint32_t count, Frame const* around) {
    auto const left = static_cast<std::size_t>(end_ - at_);
    if (std::uint64_t{count} * type.element->least_size > left) fail(Defect::truncated, around);
    auto frame = enter(type, around);
    for (; frame.part < count; ++frame.part) check(*type.element, &frame);
}

// The next word, not consumed yet, so that an error points at it.
std::uint32_t Checker::word(Frame const* around) {
    if (end_ - at_ < std::ptrdiff_t{kWord}) fail(Defect::truncated, around);
    return load_u32(at_);
}

std::uint32_t Checker::length(Type const& type, Frame const* around) {
    auto const count = word(around);
    if (count > type.limit) fail(Defect::too_long, around);
    at_ += kWord;
    return count;
}

void Checker::skip(std::uint32_t size, Frame const* around) {
    if (end_ - at_ < std::ptrdiff_t{size}) fail(Defect::truncated, around);
    at_ += size;
}

Checker::Frame Checker::enter(Type const& type, Frame const* around) const {
    auto const depth = around == nullptr ? 1 : around->depth + 1;
    if (depth > kMaxDepth) fail(Defect::too_deep, around);
    return {.around = around, .type = &type, .depth = depth, .part = 0};
}

void Checker::fail(Defect defect, Frame const* around) const {
    throw DecodeError(defect, path(around), static_cast<std::size_t>(at_ - begin_));
}

std::string Checker::path(Frame const* frame) const {
    if (frame == nullptr) return std::string(root_->name);
    auto outer = path(frame->around);
    switch (frame->type->kind) {
        case Kind::structure:
            return fmt::format("{}.{}", outer, frame->type->fields[frame->part].name);
        case Kind::tagged_union: {
            auto const* const arm = frame->type->find_case(static_cast<std::int32_t>(frame->part));
            return fmt::format("{}.{}", outer, arm->name);
        }
        case Kind::optional:
            return outer;
        default:
            return fmt::format("{}[{}]", outer, frame->part);
    }
}

}  // namespace indexer::stellar::xdr
