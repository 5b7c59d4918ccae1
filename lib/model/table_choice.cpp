#include "model/table_choice.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace indexer::model {
namespace {

std::string_view schema_of(Table const& table) noexcept {
    return table.name.substr(0, table.name.find('.'));
}

base::Error usage(std::span<Table const* const> tables, std::string const& what) {
    return {base::Fault::usage, base::Recovery::never,
            std::string(schema_of(*tables.front())) + ": " + what};
}

}  // namespace

std::string_view short_name(Table const& table) noexcept {
    return table.name.substr(table.name.find('.') + 1);
}

std::vector<Table const*> choose_tables(std::span<Table const* const> tables,
                                        std::vector<std::string> const& names) {
    std::vector<Table const*> chosen;
    for (Table const* const table : tables) {
        if (std::count(names.begin(), names.end(), short_name(*table)) > 0) chosen.push_back(table);
    }
    for (std::string const& name : names) {
        auto const known = std::any_of(tables.begin(), tables.end(), [&](auto const* table) {
            return short_name(*table) == name;
        });
        if (!known) throw usage(tables, "there is no table " + name);
    }
    if (chosen.empty()) throw usage(tables, "no tables to write");
    return chosen;
}

std::string names_of(std::span<Table const* const> tables) {
    std::string names;
    for (Table const* const table : tables) {
        names.append(names.empty() ? "" : ",").append(short_name(*table));
    }
    return names;
}

std::string option_for(std::string_view names, std::span<Table const* const> tables) {
    if (names == names_of(tables)) return {};
    return " --tables " + std::string(names);
}

}  // namespace indexer::model
