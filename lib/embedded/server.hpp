#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

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
    [[nodiscard]] std::string url() const { return layout_.url(); }
    [[nodiscard]] Layout const& layout() const noexcept { return layout_; }

  private:
    void make_folders() const;
    void start(std::stop_token stop) const;
    [[nodiscard]] Outcome control(std::vector<std::string> arguments, std::stop_token stop) const;

    Home home_;
    Layout layout_;
};

}  // namespace indexer::embedded
