#pragma once

#include <stop_token>

#include "cli/exit_code.hpp"
#include "config/config.hpp"

// What the program can do. Each prints its result to stdout and returns the exit code; everything
// that ends it early is a base::Error.
namespace indexer::cli {

[[nodiscard]] ExitCode backfill(config::Options const& options, std::stop_token user);
[[nodiscard]] ExitCode poll(config::Options const& options, std::stop_token user);
[[nodiscard]] ExitCode endpoints(config::Options const& options, std::stop_token stop);
[[nodiscard]] ExitCode status(config::Options const& options, std::stop_token stop);
[[nodiscard]] ExitCode gaps(config::Options const& options, std::stop_token stop);
[[nodiscard]] ExitCode repair(config::Options const& options, std::stop_token user);
[[nodiscard]] ExitCode verify(config::Options const& options, std::stop_token stop);
[[nodiscard]] ExitCode audit(config::Options const& asked, std::stop_token user);
[[nodiscard]] ExitCode reindex(config::Options const& options, std::stop_token user);
[[nodiscard]] ExitCode dead_letters_list(config::Options const& options, std::stop_token stop);
[[nodiscard]] ExitCode dead_letters_show(config::Options const& options, std::stop_token stop);
[[nodiscard]] ExitCode dead_letters_retry(config::Options const& options, std::stop_token user);
[[nodiscard]] ExitCode migrate(config::Options const& options, std::stop_token stop);
[[nodiscard]] ExitCode db_start(config::Options const& options, std::stop_token stop);
[[nodiscard]] ExitCode db_stop(config::Options const& options, std::stop_token stop);
[[nodiscard]] ExitCode db_url(config::Options const& options, std::stop_token stop);
[[nodiscard]] ExitCode db_psql(config::Options const& options, std::stop_token stop);

}  // namespace indexer::cli
