#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/database.hpp"

namespace indexer::cli {

ExitCode db_start(config::Options const& options, std::stop_token stop) {
    auto const connection = private_connection(options, "db", std::move(stop));
    fmt::print("{}\n", connection.url.reveal());
    return ExitCode::complete;
}

ExitCode db_stop(config::Options const& options, std::stop_token stop) {
    private_server(options).stop(std::move(stop));
    return ExitCode::complete;
}

ExitCode db_url(config::Options const& options, std::stop_token /*stop*/) {
    fmt::print("{}\n", private_server(options).url());
    return ExitCode::complete;
}

ExitCode db_psql(config::Options const& options, std::stop_token stop) {
    auto const connection = private_connection(options, "db", std::move(stop));
    // psql takes this process's place, so it must hear the signals this one had blocked.
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, nullptr);
    execlp("psql", "psql", connection.url.reveal().c_str(), static_cast<char*>(nullptr));
    throw base::Error(base::Fault::database, base::Recovery::never,
                      fmt::format("psql: {}", std::strerror(errno)),
                      "apt-get install postgresql-client");
}

}  // namespace indexer::cli
