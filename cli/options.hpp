#pragma once

#include <CLI/CLI.hpp>

#include "config/config.hpp"

// The options of the program by purpose, each defined once: parser, help, config file and man page
// are made from here, defaults come from config. `options` must outlive `app`.
namespace indexer::cli {

void add_chain_option(CLI::App& app, config::Options& options);
void add_range_options(CLI::App& app, config::Options& options);
void add_part_options(CLI::App& app, config::Options& options);
void add_verify_options(CLI::App& app, config::Options& options);
void add_view_option(CLI::App& app, config::Options& options);
void add_audit_options(CLI::App& app, config::Options& options);
void add_reindex_options(CLI::App& app, config::Options& options);
void add_agreement_options(CLI::App& app, config::Options& options);
void add_repair_options(CLI::App& app, config::Options& options);
void add_dead_letter_options(CLI::App& app, config::Options& options);
void add_poll_options(CLI::App& app, config::Options& options);
void add_endpoint_options(CLI::App& app, config::Options& options);
void add_shared_rate_option(CLI::App& app, config::Options& options);
void add_table_option(CLI::App& app, config::Options& options);
void add_commitment_option(CLI::App& app, config::Options& options);
void add_solana_options(CLI::App& app, config::Options& options);
void add_source_option(CLI::App& app, config::Options& options);
void add_stellar_options(CLI::App& app, config::Options& options);
void add_pipeline_options(CLI::App& app, config::Options& options);
void add_stop_option(CLI::App& app, config::Options& options);
void add_database_options(CLI::App& app, config::Options& options);
void add_private_server_options(CLI::App& app, config::Options& options);
void add_listener_option(CLI::App& app, config::Options& options);
void add_observe_options(CLI::App& app, config::Options& options);
void add_log_options(CLI::App& app, config::Options& options);
void add_output_options(CLI::App& app, config::Options& options);

}  // namespace indexer::cli
