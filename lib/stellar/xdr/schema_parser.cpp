#include "stellar/xdr/schema_parser.hpp"

#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace indexer::stellar::xdr {
namespace {

constexpr std::array<std::pair<std::string_view, TextForm>, 17> kForms{{
    {"account", TextForm::account},
    {"muxed_account", TextForm::muxed_account},
    {"muxed", TextForm::muxed},
    {"muxed_contract", TextForm::muxed_contract},
    {"contract", TextForm::contract},
    {"liquidity_pool", TextForm::liquidity_pool},
    {"claimable_balance", TextForm::claimable_balance},
    {"address", TextForm::address},
    {"signer", TextForm::signer},
    {"signed_payload", TextForm::signed_payload},
    {"asset_code4", TextForm::asset_code4},
    {"asset_code12", TextForm::asset_code12},
    {"asset_code", TextForm::asset_code},
    {"u128", TextForm::u128},
    {"i128", TextForm::i128},
    {"u256", TextForm::u256},
    {"i256", TextForm::i256},
}};

}  // namespace

void SchemaParser::parse() {
    while (!lexer_.peek().empty()) declaration();
}

void SchemaParser::declaration() {
    if (lexer_.take_if("typedef")) return type_definition();
    if (lexer_.take_if("enum")) return enumeration();
    if (lexer_.take_if("struct")) return structure();
    if (lexer_.take_if("union")) return tagged_union();
    throw lexer_.error(fmt::format("'{}' starts no declaration", lexer_.peek()));
}

void SchemaParser::type_definition() {
    auto const* const target = type_expression();
    auto& type = declare(Kind::alias);
    type.element = target;
    type.form = form();
    lexer_.expect(";");
}

void SchemaParser::enumeration() {
    auto& type = declare(Kind::enumeration);
    lexer_.expect("{");
    while (!lexer_.take_if("}")) {
        auto const name = lexer_.take_name();
        lexer_.expect("=");
        type.cases.push_back({.value = lexer_.take_number(), .name = name});
        if (lexer_.peek() != "}") lexer_.expect(",");
    }
    lexer_.expect(";");
}

void SchemaParser::structure() {
    auto& type = declare(Kind::structure);
    type.form = form();
    lexer_.expect("{");
    while (!lexer_.take_if("}")) {
        auto const* const field = type_expression();
        type.fields.push_back({.name = lexer_.take_name(), .type = field});
        lexer_.expect(";");
    }
    lexer_.expect(";");
}

void SchemaParser::tagged_union() {
    auto& type = declare(Kind::tagged_union);
    lexer_.expect("switch");
    lexer_.expect("(");
    if (!lexer_.take_if("int")) type.discriminant = &schema_.named(lexer_.take_name());
    lexer_.expect(")");
    type.form = form();
    lexer_.expect("{");
    while (!lexer_.take_if("}")) arm(type);
    lexer_.expect(";");
}

void SchemaParser::arm(Type& owner) {
    if (lexer_.take_if("default")) return default_arm(owner);
    lexer_.expect("case");
    auto const first = owner.cases.size();
    do {
        owner.cases.push_back(label(owner));
    } while (lexer_.take_if(","));
    lexer_.expect(":");
    auto const* const type = arm_type();
    for (auto i = first; i < owner.cases.size(); ++i) owner.cases[i].type = type;
    lexer_.expect(";");
}

void SchemaParser::default_arm(Type& owner) {
    owner.defaults_to_void = true;
    lexer_.expect(":");
    lexer_.expect("void");
    lexer_.expect(";");
}

Case SchemaParser::label(Type const& owner) {
    if (owner.discriminant == nullptr) return {.value = lexer_.take_number()};
    return {.name = lexer_.take_name()};
}

Type const* SchemaParser::arm_type() {
    return lexer_.take_if("void") ? nullptr : type_expression();
}

Type& SchemaParser::declare(Kind kind) {
    auto& type = schema_.named(lexer_.take_name());
    if (type.kind != Kind::undeclared) {
        throw lexer_.error(fmt::format("{} is declared twice", type.name));
    }
    type.kind = kind;
    return type;
}

Type const* SchemaParser::type_expression() {
    auto const* type = base_type();
    for (auto const* next = suffixed(type); next != type; next = suffixed(type)) type = next;
    return type;
}

Type const* SchemaParser::base_type() {
    if (lexer_.take_if("unsigned")) return unsigned_integer();
    if (lexer_.take_if("int")) return &schema_.scalar("int", Kind::int32);
    if (lexer_.take_if("hyper")) return &schema_.scalar("hyper", Kind::int64);
    if (lexer_.take_if("bool")) return &schema_.scalar("bool", Kind::boolean);
    if (lexer_.take_if("string")) return sized(Kind::string, nullptr);
    if (lexer_.take_if("opaque")) {
        return sized(lexer_.peek() == "[" ? Kind::opaque : Kind::variable_opaque, nullptr);
    }
    return &schema_.named(lexer_.take_name());
}

// The type with the suffix that follows it, or the type itself when none does.
Type const* SchemaParser::suffixed(Type const* element) {
    if (lexer_.take_if("*")) return &schema_.add({.kind = Kind::optional, .element = element});
    if (lexer_.peek() == "[") return sized(Kind::array, element);
    if (lexer_.peek() == "<") return sized(Kind::variable_array, element);
    return element;
}

Type const* SchemaParser::sized(Kind kind, Type const* element) {
    auto const is_fixed = lexer_.take_if("[");
    if (!is_fixed) lexer_.expect("<");
    auto const* const close = is_fixed ? "]" : ">";
    auto limit = std::numeric_limits<std::uint32_t>::max();
    if (is_fixed || lexer_.peek() != close) {
        limit = static_cast<std::uint32_t>(lexer_.take_number());
    }
    lexer_.expect(close);
    return &schema_.add({.kind = kind, .limit = limit, .element = element});
}

Type const* SchemaParser::unsigned_integer() {
    if (lexer_.take_if("hyper")) return &schema_.scalar("unsigned hyper", Kind::uint64);
    lexer_.expect("int");
    return &schema_.scalar("unsigned int", Kind::uint32);
}

TextForm SchemaParser::form() {
    if (!lexer_.take_if("as")) return TextForm::none;
    for (auto const& [name, form] : kForms) {
        if (lexer_.take_if(name)) return form;
    }
    throw lexer_.error(fmt::format("no text form is called '{}'", lexer_.peek()));
}

}  // namespace indexer::stellar::xdr
