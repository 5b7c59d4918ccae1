#include "store/row_digest.hpp"

#include <bit>
#include <cstring>

#include "store/json_digest.hpp"

namespace indexer::store {
namespace {

// What tells the kinds of cells apart, beside their values.
enum class Kind : std::uint8_t { null = 1, integer, numeric, bytes, json };

std::uint64_t word_of(Kind kind) noexcept {
    return static_cast<std::uint64_t>(kind) << 56U;
}

// Up to eight bytes as a number, the first byte lowest.
std::uint64_t load(char const* from, std::size_t size) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, from, size);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word;
}

template <class Add>
void add_cells(std::vector<RowDigest>& digests, model::Column const& column, Add add) {
    for (std::size_t row = 0; row < digests.size(); ++row) {
        column.is_null(row) ? digests[row].add_null() : add(digests[row], row);
    }
}

void add_column(std::vector<RowDigest>& digests, model::Column const& column) {
    switch (column.type()) {
        case model::ColumnType::numeric:
            return add_cells(digests, column, [&](RowDigest& digest, std::size_t row) {
                digest.add_numeric(column.numeric(row));
            });
        case model::ColumnType::text:
        case model::ColumnType::bytea:
            return add_cells(digests, column, [&](RowDigest& digest, std::size_t row) {
                digest.add_bytes(column.bytes(row));
            });
        case model::ColumnType::jsonb:
            return add_cells(digests, column, [&](RowDigest& digest, std::size_t row) {
                digest.add_json(column.bytes(row));
            });
        default:
            return add_cells(digests, column, [&](RowDigest& digest, std::size_t row) {
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
    constexpr std::size_t kWord = sizeof(std::uint64_t);
    fold(word_of(Kind::bytes) ^ value.size());
    for (; value.size() > kWord; value.remove_prefix(kWord)) fold(load(value.data(), kWord));
    fold(load(value.data(), value.size()));
}

void RowDigest::add_json(std::string_view text) {
    fold(word_of(Kind::json));
    fold(json_digest(text));
}

std::vector<std::uint64_t> digests_of(model::RowBatch const& rows) {
    std::vector<RowDigest> digests(rows.rows());
    for (std::size_t column = 0; column < rows.table().columns.size(); ++column) {
        add_column(digests, rows.column(column));
    }
    std::vector<std::uint64_t> values;
    values.reserve(digests.size());
    for (RowDigest const& digest : digests) values.push_back(digest.value());
    return values;
}

}  // namespace indexer::store
