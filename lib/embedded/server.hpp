#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "embedded/file_lock.hpp"
#include "embedded/home.hpp"
#include "embedded/layout.hpp"

namespace indexer::embedded {

// The private PostgreSQL server of the embedded default. It listens on a unix socket only, in a
// folder only its user (and root) can enter; everyone who can enter is let in. Settings of ours
// are written at each start; lines added to postgresql.conf override them.
//
// The server outlives the program. Its data belong to the user who runs the program, or for root
// to the account Home names. Safe for several processes and threads at once.
//
// Nothing there is believed, and nothing begun, unless the whole path is secure_path(), and what is
// in the home is made, read and removed with the rights of the server's user alone.
//
// Failures are base::Error with Fault::database and PostgreSQL's own reason; every call that waits
// throws Fault::stopped when told to stop.
class Server {
  public:
    struct Ready {
        std::string url;  // a libpq connection URI; it holds no secret
        bool created;     // the database was made just now, and is empty
        bool started;     // the server was not running
    };

    explicit Server(Home home);

    // The server of `base`, or of default_base() when that is empty.
    [[nodiscard]] static Server in(std::filesystem::path const& base);

    // Makes the cluster and the database `indexer` when there are none, starts the server when it
    // does not run, and returns once it takes connections. Interrupted at any moment, it leaves
    // nothing half made where the next run would take it for whole.
    Ready ensure_running(std::stop_token stop);

    // Ends sessions and the server; what was committed is kept. False when it was not running.
    bool stop(std::stop_token stop);

    [[nodiscard]] bool running() const;
    // It names the user whom the server must run as, so that a client refuses another one.
    [[nodiscard]] std::string url() const;
    [[nodiscard]] Layout const& layout() const noexcept { return layout_; }

  private:
    void check_folders() const;
    void make_folders() const;
    [[nodiscard]] bool socket_is_inside() const;
    [[nodiscard]] bool has_data() const;
    [[nodiscard]] FileLock take_lock(std::stop_token stop) const;
    void start(std::stop_token stop) const;
    [[nodiscard]] Outcome control(std::vector<std::string> arguments, std::stop_token stop) const;

    Home home_;
    Layout layout_;
};

}  // namespace indexer::embedded
