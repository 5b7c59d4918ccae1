#pragma once

#include <filesystem>
#include <string>

namespace indexer::embedded {

// What lies where in the home of a private server.
struct Layout {
    explicit Layout(std::filesystem::path home);

    std::filesystem::path home;
    std::filesystem::path data;   // the cluster; exists only when it is complete
    std::filesystem::path draft;  // a cluster that is being made
    std::filesystem::path log;    // of the server
    std::filesystem::path lock;   // held by whoever makes or starts the server

    // The folder of the socket: <home>/run, or one below /tmp named after the home where that
    // would be too long for a socket's address (107 bytes, unix(7)). Not below $XDG_RUNTIME_DIR,
    // which goes away when the user logs out, and which cron does not know.
    std::filesystem::path socket_directory;
    std::filesystem::path socket;

    // What libpq and psql connect to.
    [[nodiscard]] std::string url() const;
};

}  // namespace indexer::embedded
