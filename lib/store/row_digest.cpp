#include "store/row_digest.hpp"

#include <bit>
#include <cstring>
#include <optional>

#include "store/json_digest.hpp"

namespace indexer::store {
namespace {

// What tells the kinds of cells apart, beside their values.
enum class Kind : std::uint8_t { null = 1, integer, numeric, bytes, json, place };

std::uint64_t word_of(Kind kind) noexcept {
    return static_cast<std::uint64_t>(kind) << 56U;
}

constexpr std::size_t kWord = sizeof(std::uint64_t);

// Up to eight bytes as a number, the first byte lowest.
std::uint64_t load(char const* from, std::size_t size) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, from, size);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word;
}

// The last one to eight bytes of a longer text as a number. A whole word is loaded and what is not
// asked for shifted out: a copy of as many bytes as happen to be left takes several times as long.
std::uint64_t load_last(std::string_view text, std::size_t size) noexcept {
    return load(text.data() + text.size() - kWord, kWord) >> (8 * (kWord - size));
}

// The cells of one column; `later` is its place in the table where it was added to rows that had
// been written already, so that a null there changes nothing.
struct Cells {
    model::Column const& column;
    std::optional<std::size_t> later;
};

template <class Add>
void add_each(std::vector<RowDigest>& digests, Cells const& cells, Add add) {
    for (std::size_t row = 0; row < digests.size(); ++row) {
        bool const is_null = cells.column.is_null(row);
        if (cells.later && is_null) continue;
        if (cells.later) digests[row].add_place(*cells.later);
        is_null ? digests[row].add_null() : add(digests[row], row);
    }
}

void add_cells(std::vector<RowDigest>& digests, Cells const& cells) {
    auto const& column = cells.column;
    switch (column.type()) {
        case model::ColumnType::numeric:
            return add_each(digests, cells, [&](RowDigest& digest, std::size_t row) {
                digest.add_numeric(column.numeric(row));
            });
        case model::ColumnType::text:
        case model::ColumnType::bytea:
            return add_each(digests, cells, [&](RowDigest& digest, std::size_t row) {
                digest.add_bytes(column.bytes(row));
            });
        case model::ColumnType::jsonb:
            return add_each(digests, cells, [&](RowDigest& digest, std::size_t row) {
                digest.add_json(column.bytes(row));
            });
        default:
            return add_each(digests, cells, [&](RowDigest& digest, std::size_t row) {
                digest.add_integer(column.integer(row));
            });
    }
}

}  // namespace

// Both halves of a product of 128 bits: every bit of the state and of the word has its say.
void RowDigest::fold(std::uint64_t word) noexcept {
    constexpr std::uint64_t kOdd = 0xD6E8FEB86659FD93U;
    auto const product = static_cast<base::Uint128>(state_ ^ word) * kOdd;
    state_ = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U) ^
             std::rotl(word, 29);
}

void RowDigest::add_null() noexcept {
    fold(word_of(Kind::null));
}

void RowDigest::add_place(std::size_t place) noexcept {
    fold(word_of(Kind::place) | place);
}

void RowDigest::add_integer(std::int64_t value) noexcept {
    fold(word_of(Kind::integer));
    fold(static_cast<std::uint64_t>(value));
}

void RowDigest::add_numeric(model::Numeric value) noexcept {
    fold(word_of(Kind::numeric) | (value.negative ? 1U : 0U));
    fold(static_cast<std::uint64_t>(value.magnitude));
    fold(static_cast<std::uint64_t>(value.magnitude >> 64U));
}

void RowDigest::add_bytes(std::string_view value) noexcept {
    fold(word_of(Kind::bytes) ^ value.size());
    if (value.size() <= kWord) return fold(load(value.data(), value.size()));
    auto const words = (value.size() - 1) / kWord;  // before the last, which may be shorter
    for (std::size_t word = 0; word < words; ++word) fold(load(value.data() + word * kWord, kWord));
    fold(load_last(value, value.size() - words * kWord));
}

void RowDigest::add_json(std::string_view text) {
    fold(word_of(Kind::json));
    fold(json_digest(text));
}

std::vector<std::uint64_t> digests_of(model::RowBatch const& rows) {
    std::vector<RowDigest> digests(rows.rows());
    auto const& columns = rows.table().columns;
    for (std::size_t place = 0; place < columns.size(); ++place) {
        auto const later = columns[place].added_later ? std::optional(place) : std::nullopt;
        add_cells(digests, {rows.column(place), later});
    }
    std::vector<std::uint64_t> values;
    values.reserve(digests.size());
    for (RowDigest const& digest : digests) values.push_back(digest.value());
    return values;
}

}  // namespace indexer::store
