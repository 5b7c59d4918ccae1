#pragma once

#include <string>

#include "stellar/xdr/value.hpp"

namespace indexer::stellar::xdr {

// The text SEP-51 writes for a value: addresses and keys in StrKey, asset codes, decimal digits of
// wide integers, strings with what is not printable ASCII escaped. For types that have such a text
// (a TextForm, or a string); throws base::Error (internal) for others.
void append_text(std::string& out, Value const& value);
[[nodiscard]] std::string text_of(Value const& value);

}  // namespace indexer::stellar::xdr
