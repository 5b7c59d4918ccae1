#pragma once

#include <deque>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "pg/connection.hpp"
#include "pg/session.hpp"
#include "pg/wait.hpp"

namespace indexer::pg {

// Statements on their way to the server, and their answers on their way back: one libpq pipeline
// with one sync at its end, and so one transaction. A statement is prepared on its first use in a
// session; its Parse travels just before it. Behind a pooler it is parsed each time.
//
//   send() … send() ──▶ finish(): sync, then every answer up to it
//                  └──▶ destroyed before: cancel, sync, and drop the answers
//
// After the first failure the server skips everything up to the sync, and so does send(). Either
// way the session is left idle, in the transaction the statements left it in, or given up.
class Exchange {
  public:
    Exchange(Session& session, std::stop_token stop,
             Wait::TimePoint deadline = Wait::TimePoint::max());
    Exchange(Exchange const&) = delete;
    Exchange& operator=(Exchange const&) = delete;
    ~Exchange();

    void send(std::string_view sql, std::span<Parameter const> parameters);
    // BEGIN and its like, whose result nobody wants.
    void send_control(char const* sql, std::span<Parameter const> parameters = {});
    // What statements are to run under: in a session of ours for good, behind a pooler until the
    // transaction ends.
    void send_setup();

    // The results in the order of send(). Throws the first failure.
    [[nodiscard]] std::vector<Result> finish();

  private:
    // What an answer will be about.
    enum class Kind { control, prepare, statement };
    struct Expected {
        Kind kind;
        std::string sql;  // of a prepare
    };

    std::string const& prepared_name(std::string_view sql);
    void expect(int accepted, Expected expected);
    void relieve(std::size_t bytes);
    void send_sync();
    bool collect();
    void accept(Answer answer);
    void fail(Error const& error);

    Session& session_;
    Wait wait_;
    Statements preparing_;  // sent, but not yet confirmed
    std::deque<Expected> expected_;
    std::vector<Result> results_;
    std::optional<Error> error_;
    std::size_t unflushed_ = 0;
    bool sync_sent_ = false;
    bool synced_ = false;
};

}  // namespace indexer::pg
