#pragma once

#include <cstdint>
#include <string_view>

#include "stellar/xdr/schema.hpp"
#include "stellar/xdr/schema_lexer.hpp"

namespace indexer::stellar::xdr {

// Reads the declarations of one text into a schema. Names may be used before they are declared;
// what a typedef or a union refers to is looked up later, by resolve().
class SchemaParser {
  public:
    SchemaParser(Schema& schema, std::string_view text) : schema_(schema), lexer_(text) {}

    // Throws base::Error (internal) that names the line.
    void parse();

  private:
    void declaration();
    void type_definition();
    void enumeration();
    void structure();
    void tagged_union();
    void arm(Type& owner);
    void default_arm(Type& owner);
    Case label(Type const& owner);
    Type const* arm_type();

    Type& declare(Kind kind);
    Type const* type_expression();
    Type const* base_type();
    Type const* suffixed(Type const* element);
    Type const* sized(Kind kind, Type const* element);
    Type const* unsigned_integer();
    TextForm form();

    Schema& schema_;
    SchemaLexer lexer_;
};

}  // namespace indexer::stellar::xdr
