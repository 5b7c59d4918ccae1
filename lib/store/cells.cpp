#include "store/cells.hpp"

#include <charconv>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

namespace indexer::store {

std::string seconds(std::chrono::milliseconds duration) {
    return fmt::format("{}", std::chrono::duration<double>(duration).count());
}

std::vector<base::SeqRange> ranges_in(pg::Result const& result) {
    std::vector<base::SeqRange> ranges;
    for (int row = 0; row < result.rows(); ++row) {
        ranges.push_back({seq_at(result, row, 0), seq_at(result, row, 1)});
    }
    return ranges;
}

model::Link link_at(pg::Result const& result, int column) {
    if (result.is_null(0, column)) return {};
    return {seq_at(result, 0, column), std::string(result.text(0, column + 1))};
}

std::string bytes_of_hex(std::string_view digits) {
    std::string bytes(digits.size() / 2, '\0');
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto const* const digit = digits.data() + 2 * at;
        unsigned value = 0;
        std::from_chars(digit, digit + 2, value, 16);
        bytes[at] = static_cast<char>(value);
    }
    return bytes;
}

pg::Array key_columns(model::Table const& table) {
    pg::Array keys(pg::ElementType::text);
    for (std::size_t key = 0; key < table.key_columns; ++key) {
        keys.add_bytes(table.columns[key].name);
    }
    return keys;
}

pg::Result ask(pg::Connection& connection, std::string_view sql, Dataset const& dataset,
               base::SeqRange part, std::stop_token stop) {
    auto const begin = text_of(part.begin);
    auto const end = text_of(part.end);
    return connection.execute(sql, {dataset.chain, dataset.content, begin, end}, std::move(stop));
}

pg::Result ask(pg::Pool& pool, std::string_view sql, Dataset const& dataset, base::SeqRange part,
               std::stop_token stop) {
    return ask(*pool.acquire(stop), sql, dataset, part, stop);
}

}  // namespace indexer::store
