#include "stellar/xdr/escape.hpp"

#include <cstddef>

#include "stellar/hex.hpp"

namespace indexer::stellar::xdr {
namespace {

// How the two characters that a notation has a use for are written in it.
struct Notation {
    std::string_view backslash;
    std::string_view quote;
};

constexpr Notation kPlain{.backslash = "\\", .quote = "\""};
constexpr Notation kJson{.backslash = R"(\\)", .quote = R"(\")"};

bool is_plain(char byte) {
    return byte >= 0x20 && byte <= 0x7E && byte != '\\' && byte != '"';
}

void append_special(std::string& out, char byte, Notation const& notation) {
    if (byte == '"') {
        out += notation.quote;
        return;
    }
    out += notation.backslash;
    switch (byte) {
        case '\\':
            out += notation.backslash;
            return;
        case '\0':
            out += '0';
            return;
        case '\t':
            out += 't';
            return;
        case '\n':
            out += 'n';
            return;
        case '\r':
            out += 'r';
            return;
        default:
            out += 'x';
            append_hex(out, {&byte, 1});
    }
}

void append(std::string& out, std::string_view bytes, Notation const& notation) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (is_plain(bytes[i])) continue;
        out += bytes.substr(from, i - from);
        append_special(out, bytes[i], notation);
        from = i + 1;
    }
    out += bytes.substr(from);
}

}  // namespace

void append_escaped(std::string& out, std::string_view bytes) {
    append(out, bytes, kPlain);
}

void append_json_escaped(std::string& out, std::string_view bytes) {
    append(out, bytes, kJson);
}

}  // namespace indexer::stellar::xdr
