#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "pg/connect.hpp"
#include "pg/error.hpp"
#include "pg/wait.hpp"

namespace indexer::pg {

// How long a server may take to answer what takes no time: a cancelled statement, a ROLLBACK.
constexpr std::chrono::seconds kPatience{5};

// The names of prepared statements by their text.
using Statements = std::map<std::string, std::string, std::less<>>;

// What statements are to run under.
struct Setup {
    explicit Setup(ConnectionOptions const& options);

    std::string statement_timeout;  // in milliseconds
    std::string query;              // ConnectionOptions::session_setup
};

// What a Connection and the exchanges on it share: the libpq connection, whether it is still good,
// whose it is, and which statements the server has prepared. One thread at a time.
class Session {
  public:
    // Taken for a pooler's until it is known to be ours.
    Session(Handle handle, Setup setup) noexcept
        : handle_(std::move(handle)), setup_(std::move(setup)) {}

    [[nodiscard]] pg_conn* handle() const noexcept { return handle_.get(); }
    [[nodiscard]] Setup const& setup() const noexcept { return setup_; }
    [[nodiscard]] bool is_pooled() const noexcept { return pooled_; }
    // The server's session is this connection's alone.
    void is_ours() noexcept { pooled_ = false; }
    [[nodiscard]] Statements& statements() noexcept { return statements_; }
    [[nodiscard]] std::string next_statement_name();

    // False once the connection is known to be gone. Looks at the socket, never waits.
    [[nodiscard]] bool usable() const noexcept;
    [[nodiscard]] bool in_transaction() const noexcept;
    // For good: nobody knows what it would answer next.
    void give_up() noexcept { given_up_ = true; }

    // Takes the answers that are complete and says whether this was all of them. Is told whether
    // everything has been sent.
    using Collect = std::function<bool(bool all_sent)>;

    // Moves bytes both ways at once, so that neither side's buffer can fill up and block the other,
    // until `collect` is done. Throws base::stopped when a stop is requested; pg::Error, and gives
    // the connection up, when it is lost or the deadline passes.
    void converse(Wait const& wait, Collect const& collect);

    // Cancels what the server is doing, over a connection of its own, and drops what it still
    // answers. Gives the connection up if that takes long.
    void abandon(Collect const& collect) noexcept;

  private:
    void await(Wait const& wait, bool all_sent);
    void cancel() noexcept;

    Handle handle_;
    Setup setup_;
    bool pooled_ = true;
    Statements statements_;
    unsigned prepared_ = 0;
    bool given_up_ = false;
};

}  // namespace indexer::pg
