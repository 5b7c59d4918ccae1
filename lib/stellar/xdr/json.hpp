#pragma once

#include <string>

#include "stellar/xdr/value.hpp"

namespace indexer::stellar::xdr {

// Appends the value as SEP-51 (version 2) JSON: compact, fields in the order of the wire, integers
// of 64 bits and more as text. The same text as stellar-xdr-json 27 writes but for one name: what
// that calls `type_` is `type` here, as in SEP-51 and in newer versions.
void append_json(std::string& out, Value const& value);
[[nodiscard]] std::string json_of(Value const& value);

}  // namespace indexer::stellar::xdr
