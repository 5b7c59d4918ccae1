#include "stellar/content.hpp"

#include <algorithm>

#include "model/table_choice.hpp"
#include "stellar/tables.hpp"

namespace indexer::stellar {

std::vector<model::Table const*> all_tables() {
    auto const tables = stellar::tables();
    return {tables.begin(), tables.end()};
}

bool has_table(Content const& content, model::Table const& table) noexcept {
    auto const& tables = content.tables;
    return std::find(tables.begin(), tables.end(), &table) != tables.end();
}

Content content_of(config::Stellar const& config) {
    return {.tables = model::choose_tables(stellar::tables(), config.tables)};
}

std::string name_of(Content const& content) {
    return model::names_of(content.tables);
}

}  // namespace indexer::stellar
