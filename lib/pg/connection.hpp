#pragma once

#include <chrono>
#include <initializer_list>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "pg/array.hpp"
#include "pg/result.hpp"

namespace indexer::pg {

class Session;

// How to reach a server. No defaults here: they live in config.
struct ConnectionOptions {
    // A libpq connection string or URI. Empty: libpq's PG* variables.
    base::Secret url;
    // Shown in pg_stat_activity, unless the URL or PGAPPNAME gives another.
    std::string application_name;
    // For each address the URL leads to.
    std::chrono::milliseconds connect_timeout;
    // Zero: none. The URL's own options win, but not behind a pooler.
    std::chrono::milliseconds statement_timeout;
    // A query that sets what statements run under by set_config(…, …, $1::boolean); may be empty.
    // $1 is whether it is to hold for one transaction (Connection::is_pooled).
    std::string session_setup;
};

// A value bound to $1, $2, …: text in text format, or an array in binary format. Views: what they
// point to must live until the statement was sent.
class Parameter {
  public:
    Parameter(std::string_view text) noexcept : bytes_(text) {}
    Parameter(std::string const& text) noexcept : bytes_(text) {}
    Parameter(char const* text) noexcept : bytes_(text) {}
    Parameter(Array const& array) noexcept : bytes_(array.bytes()), binary_(true) {}

    [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }
    [[nodiscard]] bool binary() const noexcept { return binary_; }

  private:
    std::string_view bytes_;
    bool binary_ = false;
};

// One session with a server. One thread at a time. Every call that waits hears its stop token: a
// running statement is cancelled on the server, and Fault::stopped is thrown. Every failure is a
// pg::Error.
//
// Behind a pooler another client may have the server's session after each transaction. There
// nothing is left in it: what it is set up with is set anew for each transaction, and no statement
// is kept prepared.
class Connection {
  public:
    // Connects. Errors never show the password or the URL's user-info. Looking up a host's name is
    // left to the system and hears no stop.
    static Connection open(ConnectionOptions const& options, std::stop_token stop);

    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    ~Connection();

    // One statement, prepared on first use and kept by its text, so `sql` should be one of the
    // embedded constants. Either way it costs one round trip.
    Result execute(std::string_view sql, std::span<Parameter const> parameters,
                   std::stop_token stop);
    Result execute(std::string_view sql, std::initializer_list<Parameter> parameters,
                   std::stop_token stop);

    // Several statements in one text, without parameters (a migration, BEGIN); the result is the
    // last one's. They are one transaction unless the text says otherwise. No COPY. Behind a pooler
    // what the session is to be set up with holds in a transaction that was begun before.
    Result execute_script(std::string_view sql, std::stop_token stop);

    // False once the server or the socket is known to be gone. Never waits.
    [[nodiscard]] bool usable() const noexcept;
    // Usable, and in no transaction.
    [[nodiscard]] bool idle() const noexcept;
    // Whether something stands between here and the server that shares its sessions out. Told by
    // the process that answers: it is not the one that was promised when connecting.
    [[nodiscard]] bool is_pooled() const noexcept;
    [[nodiscard]] int server_version() const noexcept;
    // Of the database, as PostgreSQL spells it: "UTF8".
    [[nodiscard]] std::string server_encoding() const;

  private:
    friend class Pipeline;
    explicit Connection(std::unique_ptr<Session> session) noexcept;

    std::unique_ptr<Session> session_;
};

}  // namespace indexer::pg
