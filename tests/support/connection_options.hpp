#pragma once

#include <string>

#include "pg/connection.hpp"

namespace indexer::test {

// Options for a test's connections: generous, so that only a hang meets them.
inline pg::ConnectionOptions connection_options(std::string const& url) {
    return {.url = base::Secret(url),
            .application_name = "indexer-test",
            .connect_timeout = std::chrono::seconds(20),
            .statement_timeout = std::chrono::seconds(60),
            .session_setup = {}};
}

}  // namespace indexer::test
