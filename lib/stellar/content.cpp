#include "stellar/content.hpp"

#include "model/table_choice.hpp"
#include "stellar/tables.hpp"

namespace indexer::stellar {

std::vector<model::Table const*> all_tables() {
    auto const tables = stellar::tables();
    return {tables.begin(), tables.end()};
}

Content content_of(config::Stellar const& config) {
    return {.tables = model::choose_tables(stellar::tables(), config.tables)};
}

std::string name_of(Content const& content) {
    return model::names_of(content.tables);
}

}  // namespace indexer::stellar
