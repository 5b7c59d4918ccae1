#include "model/column.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace indexer::model {
namespace {

using base::kReplacement;

// Other than U+0000 and what begins a longer character, or nothing.
bool is_simple(char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte != 0 && byte < 0x80;
}

void append_text(std::string& out, std::string_view text) {
    while (!text.empty()) {
        auto const* const end = std::find_if_not(text.begin(), text.end(), is_simple);
        auto const simple = static_cast<std::size_t>(end - text.begin());
        out.append(text.substr(0, simple));
        text.remove_prefix(simple);
        if (text.empty()) break;
        auto const character = base::first_character(text);
        bool const storable = character.valid && character.code != 0;
        out.append(storable ? text.substr(0, character.size) : kReplacement);
        text.remove_prefix(character.size);
    }
}

// An escape starts at an odd run of backslashes: "\\u0000" is a backslash and "u0000".
bool starts_escape(std::string_view json, std::size_t backslash) {
    std::size_t run = 1;
    while (run <= backslash && json[backslash - run] == '\\') ++run;
    return run % 2 == 1;
}

void append_json(std::string& out, std::string_view json) {
    constexpr std::string_view kZero = "\\u0000";
    std::size_t from = 0;
    for (auto at = json.find(kZero); at != std::string_view::npos; at = json.find(kZero, at + 1)) {
        if (!starts_escape(json, at)) continue;
        out.append(json.substr(from, at - from)).append(kReplacement);
        from = at + kZero.size();
    }
    out.append(json.substr(from));
}

template <class T>
int compare(T const& left, T const& right) {
    if (left == right) return 0;
    return left < right ? -1 : 1;
}

int compare(Numeric left, Numeric right) {
    if (left.negative != right.negative) return left.negative ? -1 : 1;
    int const order = compare(left.magnitude, right.magnitude);
    return left.negative ? -order : order;
}

}  // namespace

std::size_t Column::bytes() const noexcept {
    return null_.size() / 8 + integers_.size() * sizeof(std::int64_t) +
           numerics_.size() * sizeof(Numeric) + bytes_.size() + ends_.size() * sizeof(std::size_t);
}

void Column::append_null() {
    switch (type_) {
        case ColumnType::numeric:
            append_numeric({});
            break;
        case ColumnType::text:
        case ColumnType::jsonb:
        case ColumnType::bytea:
            append_bytes({});
            break;
        default:
            append_integer(0);
            break;
    }
    null_.back() = true;
}

void Column::append_integer(std::int64_t value) {
    integers_.push_back(value);
    null_.push_back(false);
}

void Column::append_numeric(Numeric value) {
    numerics_.push_back(value);
    null_.push_back(false);
}

void Column::append_bytes(std::string_view value) {
    switch (type_) {
        case ColumnType::text:
            append_text(bytes_, value);
            break;
        case ColumnType::jsonb:
            append_json(bytes_, value);
            break;
        default:
            bytes_.append(value);
            break;
    }
    ends_.push_back(bytes_.size());
    null_.push_back(false);
}

int compare_cells(Column const& left, std::size_t a, Column const& right, std::size_t b) noexcept {
    if (left.is_null(a) || right.is_null(b)) return compare(left.is_null(a), right.is_null(b));
    switch (left.type()) {
        case ColumnType::numeric:
            return compare(left.numeric(a), right.numeric(b));
        case ColumnType::text:
        case ColumnType::jsonb:
        case ColumnType::bytea:
            return compare(left.bytes(a), right.bytes(b));
        default:
            return compare(left.integer(a), right.integer(b));
    }
}

}  // namespace indexer::model
