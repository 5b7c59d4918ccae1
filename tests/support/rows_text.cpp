#include "tests/support/rows_text.hpp"

#include <algorithm>
#include <string_view>

namespace indexer::test {
namespace {

std::string numeric_text(model::Numeric number) {
    std::string digits;
    do {
        digits += static_cast<char>('0' + static_cast<int>(number.magnitude % 10));
        number.magnitude /= 10;
    } while (number.magnitude != 0);
    if (number.negative) digits += '-';
    std::reverse(digits.begin(), digits.end());
    return digits;
}

// As psql prints it.
std::string bytea_text(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "\\x";
    for (char const byte : bytes) {
        auto const value = static_cast<unsigned char>(byte);
        text += kDigits[value >> 4U];
        text += kDigits[value & 15U];
    }
    return text;
}

std::string link_text(model::Link const& link) {
    return std::to_string(link.seq.value()) + ' ' + link.hash + '\n';
}

std::string batch_text(model::RowBatch const& batch) {
    std::string text;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
        text.append("\n").append(batch.table().name).append("\n");
        for (std::size_t i = 0; i < batch.table().columns.size(); ++i) {
            text.append("    ").append(batch.table().columns[i].name).append(": ");
            text.append(cell_text(batch.column(i), row)).append("\n");
        }
    }
    return text;
}

// Bytes as psql shows them, unless they are plain text.
std::string raw_text(std::string const& raw) {
    bool const is_plain = std::all_of(raw.begin(), raw.end(), [](char byte) {
        return byte == '\n' || (byte >= ' ' && byte <= '~');
    });
    if (is_plain) return raw;
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "\\x";
    for (char const character : raw) {
        auto const byte = static_cast<unsigned char>(character);
        text.append({kDigits[byte >> 4U], kDigits[byte & 15U]});
    }
    return text;
}

std::string letter_text(model::DeadLetter const& letter) {
    return "\ndead letter of " + std::to_string(letter.seq.value()) + "\n    path: " + letter.path +
           "\n    stage: " + letter.stage + "\n    error: " + letter.error +
           "\n    raw: " + raw_text(letter.raw) + "\n";
}

}  // namespace

std::string cell_text(model::Column const& column, std::size_t row) {
    if (column.is_null(row)) return "NULL";
    switch (column.type()) {
        case model::ColumnType::boolean:
            return column.integer(row) != 0 ? "true" : "false";
        case model::ColumnType::bytea:
            return bytea_text(column.bytes(row));
        case model::ColumnType::numeric:
            return numeric_text(column.numeric(row));
        case model::ColumnType::text:
        case model::ColumnType::jsonb:
            return std::string(column.bytes(row));
        default:
            return std::to_string(column.integer(row));
    }
}

std::string block_text(model::Block const& block) {
    std::string text = "link: " + link_text(block.link) + "parent: " + link_text(block.parent) +
                       "transactions: " + std::to_string(block.transactions) + '\n';
    for (model::RowBatch const& batch : block.rows) text += batch_text(batch);
    for (model::DeadLetter const& letter : block.dead_letters) text += letter_text(letter);
    return text;
}

}  // namespace indexer::test
