#include "embedded/cluster.hpp"

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.hpp"
#include "embedded/acting.hpp"
#include "embedded/failure.hpp"
#include "embedded/process.hpp"

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

// For one loader that writes all day and a few readers, on a machine that does other things too.
constexpr std::string_view kSettings = R"(# Written by indexer at each start.
# To change a setting, put it at the end of postgresql.conf.
listen_addresses = ''
port = 5432
unix_socket_directories = '{}'
unix_socket_permissions = 0700
max_connections = 120         # a full pool, and some for people
shared_buffers = 256MB
maintenance_work_mem = 256MB  # indexes are built after a bulk load
max_wal_size = 4GB            # fewer checkpoints, so fewer full pages in the WAL
checkpoint_timeout = 15min
wal_compression = on
wal_level = minimal           # nobody replicates this server
max_wal_senders = 0
log_line_prefix = '%m [%p] %a '
log_checkpoints = off
)";

base::Error cannot_write(fs::path const& file) {
    return failure(fmt::format("{}: {}", file.string(), std::generic_category().message(errno)));
}

void write_file(fs::path const& file, int mode, std::string_view text) {
    constexpr mode_t kOwnerOnly = 0600;
    base::Descriptor const output(
        ::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | mode, kOwnerOnly));
    if (!output.valid() || ::write(output.number(), text.data(), text.size()) != std::ssize(text)) {
        throw cannot_write(file);
    }
}

void run_tool(Home const& home, char const* program, std::vector<std::string> arguments,
              std::string input, std::stop_token stop) {
    auto const outcome = run({.program = home.binaries.directory / program,
                              .arguments = std::move(arguments),
                              .account = home.account,
                              .input = std::move(input)},
                             std::move(stop));
    if (outcome.succeeded()) return;
    auto const reason = reason_in(outcome.output);
    bool const out_of_reach = home.account && reason.ends_with("Permission denied");
    throw failure(fmt::format("{}: {}: {}", home.directory.string(), program, reason),
                  out_of_reach ? "root's server runs as another user, who must be able to enter "
                                 "every folder above its data"
                               : "");
}

void initialize(Home const& home, fs::path const& data, std::stop_token stop) {
    run_tool(
        home, "initdb",
        {"--pgdata=" + data.string(), "--username=indexer", "--encoding=UTF8", "--locale=C.UTF-8",
         "--data-checksums", "--auth-local=trust", "--auth-host=reject", "--no-instructions"},
        {}, std::move(stop));
}

// In single-user mode, so that a cluster without its database is never seen.
void create_database(Home const& home, fs::path const& data, std::stop_token stop) {
    run_tool(home, "postgres",
             {"--single", "-D", data.string(), "-c", "exit_on_error=on", "postgres"},
             "create database indexer\n", std::move(stop));
}

}  // namespace

void make_cluster(Home const& home, Layout const& layout, std::stop_token stop) {
    Acting const acting(home.account);
    fs::remove_all(layout.draft);
    initialize(home, layout.draft, stop);
    write_file(layout.draft / "postgresql.conf", O_APPEND, "\ninclude_if_exists 'indexer.conf'\n");
    create_database(home, layout.draft, stop);
    fs::rename(layout.draft, layout.data);
}

void write_settings(Home const& home, Layout const& layout) {
    Acting const acting(home.account);
    auto const file = layout.data / "indexer.conf";
    auto const draft = layout.data / "indexer.conf.new";
    std::error_code failed;
    fs::remove(draft, failed);
    write_file(draft, O_CREAT | O_EXCL, fmt::format(kSettings, layout.socket_directory.string()));
    fs::rename(draft, file, failed);
    errno = failed.value();
    if (failed) throw cannot_write(file);
}

}  // namespace indexer::embedded
