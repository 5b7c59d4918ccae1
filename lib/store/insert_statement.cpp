#include "store/insert_statement.hpp"

#include <string_view>

#include <fmt/format.h>

namespace indexer::store {
namespace {

std::string_view name_of(model::ColumnType type) noexcept {
    switch (type) {
        case model::ColumnType::boolean:
            return "bool";
        case model::ColumnType::int2:
            return "int2";
        case model::ColumnType::int4:
            return "int4";
        case model::ColumnType::int8:
            return "int8";
        case model::ColumnType::timestamptz:
            return "timestamptz";
        case model::ColumnType::numeric:
            return "numeric";
        case model::ColumnType::text:
            return "text";
        case model::ColumnType::jsonb:
            return "jsonb";
        case model::ColumnType::bytea:
            return "bytea";
    }
    return "text";
}

}  // namespace

std::string insert_statement(model::Table const& table) {
    std::string names;
    std::string cells;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        auto const& [name, type, added_later] = table.columns[column];
        auto const* const comma = column == 0 ? "" : ", ";
        names += fmt::format("{}{}", comma, name);
        cells += fmt::format("{}unnest(${}::{}[])", comma, column + 1, name_of(type));
    }
    return fmt::format("insert into {} ({}) select {}", table.name, names, cells);
}

}  // namespace indexer::store
