#pragma once

#include <string>
#include <string_view>

#include "stellar/xdr/value.hpp"

// Pieces of JSON for jsonb columns, appended to text. Integers of 64 bits are text in JSON, as in
// SEP-51: many readers of JSON cannot hold them.
namespace indexer::stellar {

// "name": with a comma in front where one belongs. Requires: plain names.
void append_key(std::string& json, std::string_view name);

// A member whose value is SEP-51 JSON.
void append_member(std::string& json, std::string_view name, xdr::Value const& value);
// A member whose value is text without anything to escape.
void append_plain(std::string& json, std::string_view name, std::string_view text);

}  // namespace indexer::stellar
