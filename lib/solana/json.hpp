#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "base/error.hpp"
#include "base/json_writer.hpp"

// Reading a node's answer with simdjson On-Demand: one pass in document order, switching on keys.
//
// What is wrong is thrown as base::Error with Fault::not_understood, and its text begins with the
// path from where the walk started: ".meta.fee: not of the expected type". Recovery::never means
// that one value has the wrong shape, and the object around it can be rewound and skipped;
// Recovery::retry_elsewhere means that the text is no JSON and nothing behind it can be trusted.
namespace indexer::solana::json {

namespace ondemand = simdjson::ondemand;

// The name of a field as it stands in the text. Compares with literals without first looking for
// its end: simdjson's padding makes reading past it safe.
class Key {
  public:
    explicit Key(ondemand::raw_json_string raw) noexcept : raw_(raw.raw()) {}

    template <std::size_t Size>
    [[nodiscard]] bool operator==(char const (&literal)[Size]) const noexcept {
        return std::memcmp(raw_, literal, Size - 1) == 0 && raw_[Size - 1] == '"';
    }
    // Enough of it to be told.
    [[nodiscard]] std::string name() const {
        constexpr std::ptrdiff_t kEnough = 60;
        return {raw_, std::min(raw_ + kEnough, std::strchr(raw_, '"'))};
    }

  private:
    char const* raw_;
};

// An error whose text is ": " and `what`; the callers put the path before it.
[[nodiscard]] base::Error wrong(std::string const& what);

// Throws the exception being handled again, `step` put before its path.
[[noreturn]] void rethrow_below(std::string const& step);

// Calls visit(Key, value) for each field. A value that is not looked at is skipped.
template <class Visit>
void for_each_field(ondemand::object object, Visit visit) {
    for (ondemand::field field : object) {
        Key const key(field.key());
        try {
            visit(key, field.value());
        } catch (...) {
            rethrow_below('.' + key.name());
        }
    }
}

// Calls visit(value) for each element.
template <class Visit>
void for_each_element(ondemand::array array, Visit visit) {
    std::size_t index = 0;
    for (ondemand::value element : array) {
        try {
            visit(element);
        } catch (...) {
            rethrow_below('[' + std::to_string(index) + ']');
        }
        ++index;
    }
}

// A value's text as it came, without the space behind it that On-Demand's raw texts include.
[[nodiscard]] inline std::string_view trimmed(std::string_view raw) noexcept {
    constexpr std::string_view kSpace = " \t\n\r";
    while (!raw.empty() && kSpace.find(raw.back()) != std::string_view::npos) raw.remove_suffix(1);
    return raw;
}

[[nodiscard]] inline bool is_null(ondemand::value value) {
    return value.is_null();
}

// Throws what broken JSON does.
[[noreturn]] void fail_on_broken_text();

// What stands between the quotes of a string, escapes as they are; without an address where the
// value is no string.
[[nodiscard]] inline std::string_view raw_text(ondemand::value value) {
    auto const raw = value.raw_json_token();
    // Else it is taken for a key later, and what stands behind it for a part of this value.
    if (*raw.end() == ':') fail_on_broken_text();
    auto const token = raw.back() == '"' ? raw : trimmed(raw);
    bool const is_string = token.size() >= 2 && token.front() == '"' && token.back() == '"';
    return is_string ? token.substr(1, token.size() - 2) : std::string_view{};
}

// The text of a string: a view into the answer, or into the parser's own buffer where the string
// has escapes. Both live until the parser starts on the next answer.
[[nodiscard]] inline std::string_view text(ondemand::value value) {
    auto const raw = raw_text(value);
    bool const plain = raw.data() != nullptr && raw.find('\\') == std::string_view::npos;
    return plain ? raw : std::string_view(value.get_string());
}

// An unsigned integer that fits PostgreSQL's bigint.
[[nodiscard]] std::int64_t bigint(ondemand::value value);

// An unsigned integer below 256.
[[nodiscard]] std::uint8_t byte(ondemand::value value);

// The elements of an array of such integers, appended to `out`.
void append_bytes(ondemand::array array, std::vector<std::uint8_t>& out);

// How many elements there are in an array of unsigned integers.
[[nodiscard]] std::size_t count_numbers(ondemand::array array);

// An unsigned integer of up to 64 bits, written as a string.
[[nodiscard]] std::uint64_t decimal(ondemand::value value);

// Writes the value again, so that what is written is JSON whatever the answer held.
void copy(ondemand::value value, base::JsonWriter& out);

}  // namespace indexer::solana::json
