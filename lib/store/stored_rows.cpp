#include "store/stored_rows.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "store/cells.hpp"
#include "store/row_digest.hpp"

namespace indexer::store {
namespace {

// Where each column of the table is in the result.
std::vector<int> places_of(pg::Result const& rows, model::Table const& table) {
    std::vector<int> places;
    for (model::ColumnSpec const& column : table.columns) {
        int place = 0;
        while (place < rows.columns() && rows.column_name(place) != column.name) ++place;
        if (place == rows.columns()) {
            throw std::logic_error(std::string(table.name) + " has no column " +
                                   std::string(column.name));
        }
        places.push_back(place);
    }
    return places;
}

int number(std::string_view text, std::size_t from, std::size_t size) {
    int value = 0;
    auto const digits = text.substr(from, size);
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

// "2024-03-01 12:00:00+00" as seconds since 1970. Source of the days: the proleptic Gregorian
// calendar, with years that begin in March.
std::int64_t seconds_of(std::string_view text) {
    std::int64_t const month = number(text, 5, 2);
    std::int64_t const year = number(text, 0, 4) - (month <= 2 ? 1 : 0);
    std::int64_t const day_of_year =
        (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + number(text, 8, 2) - 1;
    std::int64_t const days = 365 * year + year / 4 - year / 100 + year / 400 + day_of_year;
    constexpr std::int64_t kDaysTo1970 = 719'468;  // since 0000-03-01
    return (days - kDaysTo1970) * 86'400 + number(text, 11, 2) * 3'600 + number(text, 14, 2) * 60 +
           number(text, 17, 2);
}

model::Numeric numeric_of(std::string_view text) {
    model::Numeric value{.magnitude = 0, .negative = text.starts_with('-')};
    if (value.negative) text.remove_prefix(1);
    for (char const digit : text) {
        value.magnitude = value.magnitude * 10 + static_cast<unsigned>(digit - '0');
    }
    return value;
}

void add_cell(RowDigest& digest, model::ColumnType type, pg::Result const& rows, int row,
              int place) {
    if (rows.is_null(row, place)) return digest.add_null();
    auto const text = rows.text(row, place);
    switch (type) {
        case model::ColumnType::boolean:
            return digest.add_integer(text == "t" ? 1 : 0);
        case model::ColumnType::timestamptz:
            return digest.add_integer(seconds_of(text));
        case model::ColumnType::numeric:
            return digest.add_numeric(numeric_of(text));
        case model::ColumnType::text:
            return digest.add_bytes(text);
        case model::ColumnType::bytea:
            return digest.add_bytes(bytes_of_hex(text.substr(2)));  // behind "\x"
        case model::ColumnType::jsonb:
            return digest.add_json(text);
        default:
            return digest.add_integer(rows.integer(row, place));
    }
}

// The row's key as indexer.key_text spells it.
std::string key_text(pg::Result const& rows, int row, model::Table const& table,
                     std::vector<int> const& places) {
    std::string key;
    for (std::size_t column = 0; column < table.key_columns; ++column) {
        if (column > 0) key += '/';
        key += rows.text(row, places[column]);
    }
    return key;
}

std::vector<bool> left_out(model::Table const& table, RowPart const& part) {
    std::vector<bool> flags;
    for (model::ColumnSpec const& column : table.columns) {
        flags.push_back(std::find(part.left_out.begin(), part.left_out.end(), column.name) !=
                        part.left_out.end());
    }
    return flags;
}

std::uint64_t digest_of(pg::Result const& rows, int row, model::Table const& table,
                        std::vector<int> const& places, std::vector<bool> const& is_left_out) {
    RowDigest digest;
    for (std::size_t column = 0; column < places.size(); ++column) {
        auto const& spec = table.columns[column];
        bool const is_null = is_left_out[column] || rows.is_null(row, places[column]);
        if (spec.added_later && is_null) continue;
        if (spec.added_later) digest.add_place(column);
        if (is_left_out[column]) {
            digest.add_null();
        } else {
            add_cell(digest, spec.type, rows, row, places[column]);
        }
    }
    return digest.value();
}

}  // namespace

std::map<base::Seq, std::uint64_t> digests_of(pg::Result const& rows, model::Table const& table,
                                              RowPart const& part) {
    auto const places = places_of(rows, table);
    auto const is_left_out = left_out(table, part);
    std::map<base::Seq, std::uint64_t> digests;
    for (int row = 0; row < rows.rows(); ++row) {
        if (part.keys && !part.keys->contains(key_text(rows, row, table, places))) continue;
        digests[seq_at(rows, row, places.front())] +=
            digest_of(rows, row, table, places, is_left_out);
    }
    return digests;
}

std::vector<std::uint64_t> row_digests(pg::Result const& rows, model::Table const& table) {
    auto const places = places_of(rows, table);
    auto const is_left_out = left_out(table, {});
    std::vector<std::uint64_t> digests;
    for (int row = 0; row < rows.rows(); ++row) {
        digests.push_back(digest_of(rows, row, table, places, is_left_out));
    }
    return digests;
}

}  // namespace indexer::store
