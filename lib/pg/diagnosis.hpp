#pragma once

#include <string>
#include <string_view>

#include "pg/error.hpp"

struct pg_conn;
struct pg_result;

// libpq's and the server's words about a failure, as a pg::Error.
namespace indexer::pg {

// A failed statement: the server's message and detail, without the statement.
[[nodiscard]] Error statement_failure(pg_result const& result);

// A connection that was lost while in use.
[[nodiscard]] Error lost_connection(pg_conn const& connection);

// A connection that could not be made. Requires PQERRORS_VERBOSE, the only way to learn the
// SQLSTATE; names neither the user nor anything else of the URL but host, port and database.
[[nodiscard]] Error refused_connection(pg_conn const& connection);

}  // namespace indexer::pg
