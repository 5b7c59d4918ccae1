#pragma once

#include <memory>
#include <stop_token>

struct pg_conn;

namespace indexer::pg {

struct ConnectionOptions;

struct Finish {
    void operator()(pg_conn* connection) const noexcept;
};
using Handle = std::unique_ptr<pg_conn, Finish>;

// A connection that is ready for use and never blocks. Throws pg::Error; base::Error with
// Fault::usage when the URL cannot be read.
[[nodiscard]] Handle connect(ConnectionOptions const& options, std::stop_token stop);

}  // namespace indexer::pg
