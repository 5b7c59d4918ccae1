#include "stellar/json_text.hpp"

#include "stellar/xdr/json.hpp"

namespace indexer::stellar {

void append_key(std::string& json, std::string_view name) {
    if (json.back() != '{') json += ',';
    json.append(1, '"').append(name).append("\":");
}

void append_member(std::string& json, std::string_view name, xdr::Value const& value) {
    append_key(json, name);
    xdr::append_json(json, value);
}

void append_plain(std::string& json, std::string_view name, std::string_view text) {
    append_key(json, name);
    json.append(1, '"').append(text).append(1, '"');
}

}  // namespace indexer::stellar
