#include "stellar/xdr/schema_lexer.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace indexer::stellar::xdr {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\n';
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

bool is_letter(char c) {
    return is_word(c) && c != '-' && !(c >= '0' && c <= '9');
}

}  // namespace

SchemaLexer::SchemaLexer(std::string_view text) : text_(text) {
    advance();
}

std::string_view SchemaLexer::take() {
    auto const token = token_;
    advance();
    return token;
}

bool SchemaLexer::take_if(std::string_view token) {
    if (token_ != token) return false;
    advance();
    return true;
}

void SchemaLexer::expect(std::string_view token) {
    if (!take_if(token)) throw error(fmt::format("expected '{}', found '{}'", token, token_));
}

std::string_view SchemaLexer::take_name() {
    if (token_.empty() || !is_letter(token_.front())) {
        throw error(fmt::format("expected a name, found '{}'", token_));
    }
    return take();
}

std::int32_t SchemaLexer::take_number() {
    std::int32_t number = 0;
    auto const* const end = token_.data() + token_.size();
    auto const [stop, failure] = std::from_chars(token_.data(), end, number);
    if (failure != std::errc() || stop != end) {
        throw error(fmt::format("expected a number, found '{}'", token_));
    }
    advance();
    return number;
}

base::Error SchemaLexer::error(std::string const& what) const {
    auto const line =
        1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n');
    return {base::Fault::internal, base::Recovery::never,
            fmt::format("xdr schema: line {}: {}", line, what)};
}

void SchemaLexer::skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (!text_.substr(at_).starts_with("//")) return;
    at_ = std::min(text_.find('\n', at_), text_.size());
    skip_blanks();
}

void SchemaLexer::advance() {
    skip_blanks();
    auto const start = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    if (at_ == start && at_ < text_.size()) ++at_;
    token_ = text_.substr(start, at_ - start);
}

}  // namespace indexer::stellar::xdr
