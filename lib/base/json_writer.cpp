#include "base/json_writer.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"

namespace indexer::base {
namespace {

// Or a look at the bytes behind it.
bool needs_escape(char c) {
    auto const byte = static_cast<unsigned char>(c);
    return c == '"' || c == '\\' || byte < 0x20 || byte >= 0x7F;
}

void append_escaped(std::string& out, std::string_view bytes, Character const& character) {
    switch (bytes.front()) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    if (!character.valid) {
        out += kReplacement;
    } else if (is_control(character.code)) {
        out += fmt::format("\\u{:04x}", static_cast<unsigned>(character.code));
    } else {
        out += bytes.substr(0, character.size);
    }
}

}  // namespace

void JsonWriter::separate() {
    if (needs_comma_) text_ += ',';
    needs_comma_ = true;
}

JsonWriter& JsonWriter::begin_object() {
    separate();
    text_ += '{';
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::end_object() {
    text_ += '}';
    needs_comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::begin_array() {
    separate();
    text_ += '[';
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::end_array() {
    text_ += ']';
    needs_comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    value(name);
    text_ += ':';
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    text_ += '"';
    while (!text.empty()) {
        auto const* const end = std::find_if(text.begin(), text.end(), needs_escape);
        auto const plain = static_cast<std::size_t>(end - text.begin());
        text_ += text.substr(0, plain);
        if (plain == text.size()) break;
        text.remove_prefix(plain);
        auto const character = first_character(text);
        append_escaped(text_, text, character);
        text.remove_prefix(character.size);
    }
    text_ += '"';
    return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
    return raw(flag ? "true" : "false");
}

JsonWriter& JsonWriter::value(double number) {
    return std::isfinite(number) ? raw(fmt::format("{}", number)) : null();
}

JsonWriter& JsonWriter::value(std::int64_t number) {
    return raw(fmt::format("{}", number));
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
    return raw(fmt::format("{}", number));
}

JsonWriter& JsonWriter::null() {
    return raw("null");
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    text_ += json;
    return *this;
}

}  // namespace indexer::base
