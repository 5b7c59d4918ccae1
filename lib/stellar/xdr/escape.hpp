#pragma once

#include <string>
#include <string_view>

namespace indexer::stellar::xdr {

// Appends bytes as SEP-51 writes strings: \0 \t \n \r \\ and \xNN for what is not printable ASCII.
void append_escaped(std::string& out, std::string_view bytes);

// The same, escaped once more so that it can stand in a JSON string.
void append_json_escaped(std::string& out, std::string_view bytes);

}  // namespace indexer::stellar::xdr
