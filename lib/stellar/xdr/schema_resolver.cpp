#include "stellar/xdr/schema_resolver.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"

namespace indexer::stellar::xdr {
namespace {

// The names SEP-51 gives to the arms of a union over an int.
constexpr std::array<std::string_view, 8> kVersionNames{"v0", "v1", "v2", "v3",
                                                        "v4", "v5", "v6", "v7"};

[[noreturn]] void reject(Type const& type, std::string_view what) {
    throw base::Error(base::Fault::internal, base::Recovery::never,
                      fmt::format("xdr schema: {} {}", type.name, what));
}

void require_declared(Type const& type) {
    if (type.kind == Kind::undeclared) reject(type, "is used but not declared");
}

// An alias becomes a copy of what it stands for, under its own name and, if it has one, form.
void resolve_alias(Type& alias) {
    auto const* target = alias.element;
    for (int hops = 0; target->kind == Kind::alias; target = target->element) {
        if (++hops > 8) reject(alias, "stands for itself");
        if (alias.form == TextForm::none) alias.form = target->form;
    }
    require_declared(*target);
    auto const name = alias.name;
    auto const form = alias.form == TextForm::none ? target->form : alias.form;
    alias = *target;
    alias.name = name;
    alias.form = form;
}

void add_default_cases(Type& type, Type const& enumeration) {
    for (auto const& member : enumeration.cases) {
        auto const has_arm = std::any_of(type.cases.begin(), type.cases.end(),
                                         [&](auto const& arm) { return arm.name == member.name; });
        if (!has_arm) type.cases.push_back(member);
    }
}

void resolve_member(Type const& owner, Type const& enumeration, Case& label) {
    auto const& members = enumeration.cases;
    auto const found = std::find_if(members.begin(), members.end(),
                                    [&](auto const& one) { return one.name == label.name; });
    if (found == members.end()) reject(owner, fmt::format("has no case '{}'", label.name));
    label.value = found->value;
}

void resolve_by_member(Type& type, Type const& enumeration) {
    require_declared(enumeration);
    if (type.defaults_to_void) add_default_cases(type, enumeration);
    for (auto& label : type.cases) resolve_member(type, enumeration, label);
}

void resolve_by_version(Type& type) {
    if (type.defaults_to_void) reject(type, "has a default, but an int has no end");
    for (auto& label : type.cases) {
        auto const number = static_cast<std::size_t>(label.value);
        if (number >= kVersionNames.size()) reject(type, "has a case beyond the names known");
        label.name = kVersionNames[number];
    }
}

void resolve_union(Type& type) {
    if (type.discriminant == nullptr) return resolve_by_version(type);
    resolve_by_member(type, *type.discriminant);
}

void sort_cases(Type& type) {
    if (type.cases.empty()) return;
    std::sort(type.cases.begin(), type.cases.end(),
              [](Case const& a, Case const& b) { return a.value < b.value; });
    auto const has_gap = [](Case const& a, Case const& b) { return b.value != a.value + 1; };
    type.first_case = type.cases.front().value;
    type.is_gapless =
        std::adjacent_find(type.cases.begin(), type.cases.end(), has_gap) == type.cases.end();
}

void finish_names(Type& type) {
    for (auto& one : type.cases) {
        one.json_name = fmt::format(R"("{}")", one.name);
        one.json_key = fmt::format("{{{}:", one.json_name);
    }
    for (auto separator = '{'; auto& field : type.fields) {
        field.json_key = fmt::format(R"({}"{}":)", separator, field.name);
        separator = ',';
    }
}

}  // namespace

void resolve(std::deque<Type>& types) {
    for (auto& type : types) {
        if (type.kind == Kind::alias) resolve_alias(type);
        require_declared(type);
    }
    for (auto& type : types) {
        if (type.kind == Kind::tagged_union) resolve_union(type);
        sort_cases(type);
        finish_names(type);
    }
}

}  // namespace indexer::stellar::xdr
