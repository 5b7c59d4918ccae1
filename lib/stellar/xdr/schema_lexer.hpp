#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace indexer::stellar::xdr {

// Cuts the text of a schema into words, numbers and signs of one character; `//` starts a comment.
class SchemaLexer {
  public:
    explicit SchemaLexer(std::string_view text);

    // The next token; empty at the end of the text.
    [[nodiscard]] std::string_view peek() const noexcept { return token_; }
    std::string_view take();

    bool take_if(std::string_view token);
    void expect(std::string_view token);
    std::string_view take_name();
    std::int32_t take_number();

    // An error that names the line of the next token.
    [[nodiscard]] base::Error error(std::string const& what) const;

  private:
    void skip_blanks();
    void advance();

    std::string_view text_;
    std::size_t at_ = 0;  // behind the token
    std::string_view token_;
};

}  // namespace indexer::stellar::xdr
