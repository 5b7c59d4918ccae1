#pragma once

#include <string>

#include <libpq-fe.h>

namespace indexer::test {

// COPY BINARY of whole tables, the fastest way in: what the upserts are compared with. Plain libpq,
// so that nothing of ours is measured. Throws std::runtime_error.
class CopySession {
  public:
    explicit CopySession(std::string const& url);
    CopySession(CopySession const&) = delete;
    CopySession& operator=(CopySession const&) = delete;
    ~CopySession() { PQfinish(connection_); }

    [[nodiscard]] std::string out(std::string const& table);
    void in(std::string const& table, std::string const& data);

  private:
    void begin(std::string const& statement, ExecStatusType expected);
    void finish();

    PGconn* connection_;
};

}  // namespace indexer::test
