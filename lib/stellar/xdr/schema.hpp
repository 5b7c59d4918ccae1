#pragma once

#include <deque>
#include <span>
#include <string_view>
#include <unordered_map>

#include "stellar/xdr/type.hpp"

namespace indexer::stellar::xdr {

// The table of types, read from declarations in the language of RFC 4506, with these differences:
//   - a suffix belongs to the type: `SCVal<> args;`, `opaque<64> Signature`, so that the arm of a
//     union needs no name of its own;
//   - fields and cases carry the names SEP-51 gives them in JSON (`case 1:` of an int is "v1");
//   - `as <form>` after a declaration names the text SEP-51 writes in place of the structure;
//   - `default: void;` stands for all members of the enumeration that have no arm.
// The order of declarations does not matter. Immutable, so safe for concurrent use.
class Schema {
  public:
    // Keeps views into `texts`. Throws base::Error (internal) for text it cannot read.
    explicit Schema(std::span<std::string_view const> texts);

    // Throws base::Error (internal) when there is no such type.
    [[nodiscard]] Type const& type(std::string_view name) const;

    [[nodiscard]] std::deque<Type> const& types() const noexcept { return types_; }

  private:
    friend class SchemaParser;

    Type& named(std::string_view name);
    Type& scalar(std::string_view name, Kind kind);
    Type& add(Type type);

    std::deque<Type> types_;  // a deque, so that types can point at one another
    std::unordered_map<std::string_view, Type*> names_;
};

// Stellar's own types, from lib/stellar/xdr/schema/: all that ledgers, transactions, RPC answers,
// archives and contracts hold, protocol 30 included. The messages nodes send one another are not
// among them. Read on first use.
[[nodiscard]] Schema const& stellar_schema();

// What that is read from.
[[nodiscard]] std::span<std::string_view const> stellar_schema_texts() noexcept;

}  // namespace indexer::stellar::xdr
