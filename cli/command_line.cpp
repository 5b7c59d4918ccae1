#include "cli/command_line.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "cli/chain.hpp"
#include "cli/commands.hpp"
#include "cli/config_file.hpp"
#include "cli/help.hpp"
#include "cli/man_page.hpp"
#include "cli/options.hpp"
#include "cli/secret_files.hpp"
#include "cli/version.hpp"

namespace indexer::cli {

CommandLine::CommandLine()
    : app_(
          "Copies blockchain history from JSON-RPC into PostgreSQL, and proves that nothing is "
          "missing.",
          "indexer") {
    app_.formatter(std::make_shared<HelpFormatter>());
    app_.set_version_flag("--version", kVersionText);
    app_.set_config("--config", "", "Options from a TOML file, by their long names.")
        ->type_name("FILE")
        ->envname("INDEXER_CONFIG");
    app_.config_formatter(std::make_shared<ConfigFile>(app_, options_.rpc, warnings_));
    app_.add_flag_callback("--man-commands", [this] { throw ManPage(man_page_commands(app_)); })
        ->group("");
    app_.add_flag_callback("--man-metrics", [] { throw ManPage(man_page_metrics()); })->group("");
    app_.require_subcommand(1);
    app_.get_formatter()->column_width(32);

    add_copying();
    add_proving();
    add_probing();
    add_dead_letters();
    add_schema();
    add_db();
}

// What rows are made of a block.
void CommandLine::add_content_options(CLI::App& command) {
    add_table_option(command, options_);
    add_solana_options(command, options_);
    add_stellar_options(command, options_);
}

// What is common to commands that fetch blocks and write them.
void CommandLine::add_run_options(CLI::App& command) {
    add_endpoint_options(command, options_);
    add_shared_rate_option(command, options_);
    add_agreement_options(command, options_);
    add_content_options(command);
    add_pipeline_options(command, options_);
    add_observe_options(command, options_);
    add_database_options(command, options_);
    add_output_options(command, options_);
}

void CommandLine::add_copying() {
    auto* const run = add(app_, "backfill", "Copy a range of history, and prove it.", backfill);
    add_chain_option(*run, options_);
    add_range_options(*run, options_);
    add_run_options(*run);

    auto* const follow = add(app_, "poll", "Follow the tip, and heal what it passes.", poll);
    add_chain_option(*follow, options_);
    add_poll_options(*follow, options_);
    add_run_options(*follow);

    auto* const mend =
        add(app_, "repair", "Fetch what is missing and due, and settle contradictions.", repair);
    add_chain_option(*mend, options_);
    add_part_options(*mend, options_);
    add_view_option(*mend, options_);
    add_repair_options(*mend, options_);
    add_run_options(*mend);

    auto* const again =
        add(app_, "reindex", "Replace the rows of a range, a block at a time, by this decoder's.",
            reindex);
    add_chain_option(*again, options_);
    add_reindex_options(*again, options_);
    add_run_options(*again);
}

void CommandLine::add_proving() {
    auto* const state = add(app_, "status", "Show what is covered and what is missing.", status);
    add_chain_option(*state, options_);
    add_endpoint_options(*state, options_);
    add_listener_option(*state, options_);

    auto* const missing = add(app_, "gaps", "List what is missing, and why.", gaps);
    add_chain_option(*missing, options_);
    add_part_options(*missing, options_);
    add_view_option(*missing, options_);

    auto* const proof =
        add(app_, "verify", "Prove the history again, from the database alone.", verify);
    add_chain_option(*proof, options_);
    add_part_options(*proof, options_);
    add_view_option(*proof, options_);
    add_verify_options(*proof, options_);

    auto* const other =
        add(app_, "audit", "Compare a sample of what is stored with another endpoint.", audit);
    add_chain_option(*other, options_);
    add_part_options(*other, options_);
    add_audit_options(*other, options_);
    add_content_options(*other);
    add_stop_option(*other, options_);

    for (CLI::App* const command : {state, missing, proof, other}) {
        add_database_options(*command, options_);
        add_output_options(*command, options_);
    }
}

void CommandLine::add_probing() {
    auto* const places = add(app_, "endpoints", "Ask every endpoint what it can serve.", endpoints);
    add_chain_option(*places, options_);
    add_endpoint_options(*places, options_);
    add_commitment_option(*places, options_);
    add_output_options(*places, options_);
}

void CommandLine::add_schema() {
    auto* const schema = add(app_, "migrate", "Create or update the tables.", migrate);
    schema->add_flag("--status", options_.migration_status, "Only list what is applied.");
    add_database_options(*schema, options_);
    add_output_options(*schema, options_);
}

void CommandLine::add_dead_letters() {
    auto* const letters =
        app_.add_subcommand("dead-letters", "See and retry what could not be decoded or stored.");
    letters->require_subcommand(1);
    letters->fallthrough();
    auto* const list = add(*letters, "list", "List them.", dead_letters_list);
    auto* const show = add(*letters, "show", "Print one with its bytes.", dead_letters_show);
    auto* const retry = add(*letters, "retry",
                            "Decode and store them again: a whole block from the bytes that were "
                            "kept, a part of one from its block, which is fetched.",
                            dead_letters_retry);
    for (CLI::App* const command : {list, show, retry}) {
        add_chain_option(*command, options_);
    }
    add_part_options(*list, options_);
    add_dead_letter_options(*show, options_);
    add_part_options(*retry, options_);
    add_endpoint_options(*retry, options_);
    add_shared_rate_option(*retry, options_);
    add_agreement_options(*retry, options_);
    add_content_options(*retry);
    add_pipeline_options(*retry, options_);
    for (CLI::App* const command : {list, show, retry}) {
        add_database_options(*command, options_);
        add_output_options(*command, options_);
    }
}

void CommandLine::add_db() {
    auto* const db = app_.add_subcommand("db", "Manage the private PostgreSQL server.");
    db->require_subcommand(1);
    db->fallthrough();
    for (auto* const command : {add(*db, "start", "Start it, and print its URL.", db_start),
                                add(*db, "stop", "Stop it; its data stay.", db_stop),
                                add(*db, "url", "Print its URL.", db_url),
                                add(*db, "psql", "Open psql on it.", db_psql)}) {
        add_private_server_options(*command, options_);
        add_log_options(*command, options_);
    }
}

CLI::App* CommandLine::add(CLI::App& parent, char const* name, char const* text, Run run) {
    auto* const command = parent.add_subcommand(name, text);
    command->fallthrough();
    command->callback([this, run] { command_ = run; });
    return command;
}

namespace {

// A variable of the shell that is not set makes an empty argument, which must not mean the same as
// to leave the option out: without a database URL rows go elsewhere, without a view another proof
// is made.
void refuse_empty(CLI::App const& app) {
    for (CLI::Option const* const option : app.get_options()) {
        auto const& values = option->results();
        if (std::find(values.begin(), values.end(), std::string()) == values.end()) continue;
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          option->get_name() + ": its value is empty",
                          "leave the option out, or give it a value");
    }
    for (CLI::App const* const chosen : app.get_subcommands()) refuse_empty(*chosen);
}

// The words behind the program's name. CLI11 before 2.4 does not ask the environment for the config
// file, so that what it names is put in front.
std::vector<std::string> words_of(int argc, char const* const* argv) {
    std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    auto const* const file = std::getenv("INDEXER_CONFIG");
    bool const named = std::any_of(words.begin(), words.end(), [](std::string const& word) {
        return word == "--config" || word.starts_with("--config=");
    });
    if (file == nullptr || *file == '\0' || named) return words;
    words.insert(words.begin(), {"--config", file});
    return words;
}

// CLI11 reads the environment for the options of every command, and those that were not chosen
// store it in the same place: what the chosen one was told comes last.
void apply_chosen(CLI::App const& app) {
    for (CLI::App* const chosen : app.get_subcommands()) {
        for (CLI::Option* const option : chosen->get_options()) {
            if (!option->get_envname().empty() && option->count() > 0) option->run_callback();
        }
        apply_chosen(*chosen);
    }
}

}  // namespace

void CommandLine::parse(int argc, char const* const* argv) {
    // CLI11 by itself would only say that a command is missing.
    auto const named = [&](CLI::App const* command) { return command->check_name(argv[1]); };
    if (argc > 1 && *argv[1] != '-' && app_.get_subcommands(named).empty()) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          std::string(argv[1]) + ": no such command", "run: indexer --help");
    }
    auto words = words_of(argc, argv);
    std::reverse(words.begin(), words.end());  // as CLI11 takes them
    app_.parse(std::move(words));
    refuse_empty(app_);
    read_secret_files(app_, warnings_);
    apply_chosen(app_);
    settle_chain(options_);
}

}  // namespace indexer::cli
