#pragma once

#include <filesystem>
#include <string>

namespace indexer::embedded {

// What lies where in the home of a private server.
struct Layout {
    // `shelter`: a folder of the user's own with a short name; empty when there is none.
    explicit Layout(std::filesystem::path home, std::filesystem::path const& shelter = {});

    std::filesystem::path home;
    std::filesystem::path data;   // the cluster; exists only when it is complete
    std::filesystem::path draft;  // a cluster that is being made
    std::filesystem::path log;    // of the server
    std::filesystem::path lock;   // held by whoever makes or starts the server

    // The folder of the socket: <home>/run, or one in the shelter named after the home where that
    // would be too long for a socket's address (107 bytes, unix(7)); the constructor throws
    // Fault::usage where both are. Never in a folder of everybody's like /tmp. Not below
    // $XDG_RUNTIME_DIR, which goes away when the user logs out, and which cron does not know.
    std::filesystem::path socket_directory;
    std::filesystem::path socket;

    // What libpq and psql connect to: the server there, if it runs as `user`; without a name as
    // anybody.
    [[nodiscard]] std::string url(std::string const& user = {}) const;
};

}  // namespace indexer::embedded
