#include "tests/bench/copy_session.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>

namespace indexer::test {
namespace {

constexpr std::size_t kPiece = 1U << 20U;  // what is handed to libpq at a time

}  // namespace

CopySession::CopySession(std::string const& url) : connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK)
        throw std::runtime_error("no connection to copy by");
}

void CopySession::begin(std::string const& statement, ExecStatusType expected) {
    PGresult* const result = PQexec(connection_, statement.c_str());
    auto const status = PQresultStatus(result);
    PQclear(result);
    if (status != expected) throw std::runtime_error(PQerrorMessage(connection_));
}

void CopySession::finish() {
    bool failed = false;
    while (PGresult* const result = PQgetResult(connection_)) {
        failed = failed || PQresultStatus(result) == PGRES_FATAL_ERROR;
        PQclear(result);
    }
    if (failed) throw std::runtime_error(PQerrorMessage(connection_));
}

std::string CopySession::out(std::string const& table) {
    begin("copy " + table + " to stdout (format binary)", PGRES_COPY_OUT);
    std::string data;
    char* buffer = nullptr;
    for (int size = 0; (size = PQgetCopyData(connection_, &buffer, 0)) > 0;) {
        data.append(buffer, static_cast<std::size_t>(size));
        PQfreemem(buffer);
    }
    finish();
    return data;
}

void CopySession::in(std::string const& table, std::string const& data) {
    begin("copy " + table + " from stdin (format binary)", PGRES_COPY_IN);
    for (std::size_t from = 0; from < data.size(); from += kPiece) {
        auto const size = std::min(kPiece, data.size() - from);
        PQputCopyData(connection_, data.data() + from, static_cast<int>(size));
    }
    PQputCopyEnd(connection_, nullptr);
    finish();
}

}  // namespace indexer::test
