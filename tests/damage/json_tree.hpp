#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace indexer::damage {

// A JSON value that can be changed.
struct Json {
    enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

    Kind kind = Kind::null;
    std::string text;                                 // of a string, a number or a boolean
    std::vector<std::pair<std::string, Json>> parts;  // members; elements have no names

    [[nodiscard]] Json* member(std::string_view name);
    [[nodiscard]] Json const* member(std::string_view name) const;
};

// Throws simdjson::simdjson_error when it is none.
[[nodiscard]] Json parse(std::string const& text);

[[nodiscard]] std::string write(Json const& json);

}  // namespace indexer::damage
