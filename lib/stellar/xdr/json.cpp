#include "stellar/xdr/json.hpp"

#include <cstdint>

#include <fmt/format.h>

#include "stellar/hex.hpp"
#include "stellar/xdr/escape.hpp"
#include "stellar/xdr/text_form.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar::xdr {
namespace {

// Walks a checked value from its first byte to its last and writes it as it goes.
class JsonPrinter {
  public:
    JsonPrinter(std::string& out, char const* at) : out_(out), at_(at) {}

    void print(Type const& type);

  private:
    void text_form(TextForm form);
    void plain(Type const& type);
    void flag();
    void enumeration(Type const& type);
    void hex(std::uint32_t length);
    void string();
    void optional(Type const& type);
    void elements(Type const& type, std::uint32_t count);
    void structure(Type const& type);
    void tagged_union(Type const& type);

    template <class Integer>
    void number(Integer value);
    template <class Integer>
    void quoted_number(Integer value);

    std::uint32_t take_u32();
    std::uint64_t take_u64();

    std::string& out_;
    char const* at_;
};

void JsonPrinter::print(Type const& type) {
    type.form == TextForm::none ? plain(type) : text_form(type.form);
}

void JsonPrinter::text_form(TextForm form) {
    out_ += '"';
    if (is_asset_code(form)) {
        auto const [code, end] = asset_code_bytes(form, at_);
        append_json_escaped(out_, code);
        at_ = end;
    } else {
        at_ = append_text_form(out_, form, at_);
    }
    out_ += '"';
}

void JsonPrinter::plain(Type const& type) {
    switch (type.kind) {
        case Kind::boolean:
            return flag();
        case Kind::int32:
            return number(static_cast<std::int32_t>(take_u32()));
        case Kind::uint32:
            return number(take_u32());
        case Kind::int64:
            return quoted_number(static_cast<std::int64_t>(take_u64()));
        case Kind::uint64:
            return quoted_number(take_u64());
        case Kind::enumeration:
            return enumeration(type);
        case Kind::opaque:
            return hex(type.limit);
        case Kind::variable_opaque:
            return hex(take_u32());
        case Kind::string:
            return string();
        case Kind::array:
            return elements(type, type.limit);
        case Kind::variable_array:
            return elements(type, take_u32());
        case Kind::optional:
            return optional(type);
        case Kind::structure:
            return structure(type);
        case Kind::tagged_union:
            return tagged_union(type);
        case Kind::undeclared:
        case Kind::alias:
            return;  // a schema has none left
    }
}

void JsonPrinter::flag() {
    out_ += take_u32() == 0 ? "false" : "true";
}

void JsonPrinter::enumeration(Type const& type) {
    out_ += type.find_case(static_cast<std::int32_t>(take_u32()))->json_name;
}

void JsonPrinter::hex(std::uint32_t length) {
    out_ += '"';
    append_hex(out_, {at_, length});
    out_ += '"';
    at_ += padded(length);
}

void JsonPrinter::string() {
    auto const length = take_u32();
    out_ += '"';
    append_json_escaped(out_, {at_, length});
    out_ += '"';
    at_ += padded(length);
}

void JsonPrinter::optional(Type const& type) {
    if (take_u32() == 0) {
        out_ += "null";
    } else {
        print(*type.element);
    }
}

void JsonPrinter::elements(Type const& type, std::uint32_t count) {
    out_ += '[';
    for (std::uint32_t i = 0; i < count; ++i) {
        if (i > 0) out_ += ',';
        print(*type.element);
    }
    out_ += ']';
}

void JsonPrinter::structure(Type const& type) {
    for (auto const& field : type.fields) {
        out_ += field.json_key;
        print(*field.type);
    }
    out_ += '}';
}

void JsonPrinter::tagged_union(Type const& type) {
    auto const& arm = *type.find_case(static_cast<std::int32_t>(take_u32()));
    if (arm.type == nullptr) {
        out_ += arm.json_name;
        return;
    }
    out_ += arm.json_key;
    print(*arm.type);
    out_ += '}';
}

template <class Integer>
void JsonPrinter::number(Integer value) {
    fmt::format_int const digits(value);
    out_.append(digits.data(), digits.size());
}

template <class Integer>
void JsonPrinter::quoted_number(Integer value) {
    out_ += '"';
    number(value);
    out_ += '"';
}

std::uint32_t JsonPrinter::take_u32() {
    auto const word = load_u32(at_);
    at_ += sizeof word;
    return word;
}

std::uint64_t JsonPrinter::take_u64() {
    auto const words = load_u64(at_);
    at_ += sizeof words;
    return words;
}

}  // namespace

void append_json(std::string& out, Value const& value) {
    JsonPrinter(out, value.wire().data()).print(value.type());
}

std::string json_of(Value const& value) {
    std::string json;
    append_json(json, value);
    return json;
}

}  // namespace indexer::stellar::xdr
