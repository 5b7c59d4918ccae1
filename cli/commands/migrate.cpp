#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "cli/database.hpp"
#include "cli/text.hpp"
#include "store/migrations.hpp"

namespace indexer::cli {
namespace {

using States = std::vector<store::MigrationState>;

void print_json(States const& states) {
    base::JsonWriter json;
    json.begin_object().key("migrations").begin_array();
    for (store::MigrationState const& state : states) {
        json.begin_object().member("number", state.number).member("name", state.name);
        json.key("applied_at");
        state.applied_at.empty() ? json.null() : json.value(state.applied_at);
        json.end_object();
    }
    json.end_array().end_object();
    fmt::print("{}\n", json.text());
}

void print_text(States const& states) {
    std::vector<std::vector<std::string>> rows;
    for (store::MigrationState const& state : states) {
        rows.push_back({state.name, state.applied_at.empty() ? "pending" : state.applied_at});
    }
    print_lines(table_text(rows));
}

}  // namespace

ExitCode migrate(config::Options const& options, std::stop_token stop) {
    auto session = pg::Connection::open(connection_options(options, "migrate", stop), stop);
    store::Migrations const migrations;
    if (!options.migration_status) migrations.apply(session, stop);
    auto const states = migrations.status(session, stop);
    options.output == config::OutputFormat::json ? print_json(states) : print_text(states);
    return ExitCode::complete;
}

}  // namespace indexer::cli
