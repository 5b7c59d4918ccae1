#include "stellar/content.hpp"

#include <algorithm>

#include <fmt/format.h>

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

// As EventSource names them: "events asked for of C… with PATTERN …: events,…".
std::string options_for(std::string_view content) {
    constexpr std::string_view kEvents = "events asked for";
    if (!content.starts_with(kEvents)) return model::option_for(content, stellar::tables());
    content.remove_prefix(kEvents.size());
    auto const colon = content.rfind(": ");
    auto choice = content.substr(0, colon);
    std::string options;
    std::string_view option;
    while (!choice.empty()) {
        choice.remove_prefix(1);
        auto const word = choice.substr(0, choice.find(' '));
        choice.remove_prefix(word.size());
        if (word == "of") {
            option = "--contract";
        } else if (word == "with") {
            option = "--topic";
        } else {
            options += fmt::format(" {} '{}'", option, word);
        }
    }
    auto without_ledgers = all_tables();
    std::erase(without_ledgers, &ledgers_table());
    auto const tables = content.substr(colon + 2);
    return options + model::option_for(tables, without_ledgers);
}

}  // namespace indexer::stellar
