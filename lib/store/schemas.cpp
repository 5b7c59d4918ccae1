#include "store/schemas.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "pg/array.hpp"

namespace indexer::store {
namespace {

constexpr std::string_view kCreate = "create schema ";
constexpr std::string_view kComment = "comment on schema ";

// Of a statement that begins a line: the name behind `verb`. Empty: it is another statement.
std::string_view named_by(std::string_view line, std::string_view verb) {
    if (!line.starts_with(verb)) return {};
    line.remove_prefix(verb.size());
    return line.substr(0, line.find_first_of(" ;\n"));
}

// With the end of the line.
template <class Each>
void for_each_line(std::string_view text, Each each) {
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        auto const size = std::min(text.size(), line.size() + 1);
        each(text.substr(0, size));
        text.remove_prefix(size);
    }
}

pg::Array array_of(std::vector<std::string> const& names) {
    pg::Array array(pg::ElementType::text);
    for (std::string const& name : names) array.add_bytes(name);
    return array;
}

std::vector<std::string> first_column(pg::Result const& rows) {
    std::vector<std::string> cells;
    for (int row = 0; row < rows.rows(); ++row) cells.emplace_back(rows.text(row, 0));
    return cells;
}

}  // namespace

Schemas::Schemas(std::span<sql::Migration const> migrations) : names_{"indexer"} {
    for (sql::Migration const& migration : migrations) {
        for_each_line(migration.text, [&](std::string_view line) {
            auto const name = named_by(line, kCreate);
            if (!name.empty()) names_.emplace_back(name);
        });
    }
}

std::vector<std::string> Schemas::present(pg::Connection& connection, std::stop_token stop) const {
    auto const names = array_of(names_);
    return first_column(connection.execute(sql::store::list_schemas, {names}, std::move(stop)));
}

void Schemas::require_rights(pg::Connection& connection, std::stop_token stop) const {
    auto const names = array_of(names_);
    auto const missing =
        first_column(connection.execute(sql::store::find_missing_rights, {names}, std::move(stop)));
    if (missing.empty()) return;
    std::string statements;
    for (std::string const& statement : missing) {
        statements += (statements.empty() ? "" : "; ") + statement;
    }
    throw base::Error(base::Fault::database, base::Recovery::never,
                      "database: this role may not make the schemas, or nothing in them; nothing "
                      "was written",
                      "let an administrator run in this database: " + statements);
}

std::string Schemas::grants_to_read(pg::Connection& connection, std::stop_token stop) const {
    auto const names = array_of(names_);
    return std::string(
        connection.execute(sql::store::grants_to_read, {names}, std::move(stop)).text(0, 0));
}

std::string text_for(std::string_view migration, std::vector<std::string> const& present) {
    auto const is_present = [&](std::string_view name) {
        return std::find(present.begin(), present.end(), name) != present.end();
    };
    std::string text;
    for_each_line(migration, [&](std::string_view line) {
        if (is_present(named_by(line, kCreate)) || is_present(named_by(line, kComment))) return;
        text += line;
    });
    return text;
}

}  // namespace indexer::store
