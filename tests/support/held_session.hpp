#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <libpq-fe.h>

namespace indexer::test {

// A session of the test's own that stays open, and keeps what its statements lock.
class HeldSession {
  public:
    explicit HeldSession(std::string const& url, char const* sql = "select 1")
        : connection_(PQconnectdb(url.c_str()), &PQfinish) {
        std::unique_ptr<PGresult, decltype(&PQclear)> const answer(PQexec(connection_.get(), sql),
                                                                   &PQclear);
        if (PQresultStatus(answer.get()) == PGRES_FATAL_ERROR) {
            throw std::runtime_error(PQerrorMessage(connection_.get()));
        }
    }

  private:
    std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

}  // namespace indexer::test
