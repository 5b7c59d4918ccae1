#pragma once

#include <memory>
#include <optional>
#include <string>

#include "tests/support/temp_folder.hpp"
#include "tests/world/process.hpp"

namespace indexer::test {

// PgBouncer before the server of a test, for as long as the object lives. Its sessions with the
// server are few, so that its clients share them.
class Pooler {
  public:
    // Where PgBouncer is: as INDEXER_TEST_PGBOUNCER says, or where Debian puts it. Nothing when it
    // is not installed.
    [[nodiscard]] static std::optional<std::string> program();

    // `mode`: session, transaction or statement. `server`: the URL of a database, reached by a unix
    // socket. Requires: program().
    Pooler(std::string const& mode, std::string const& server);

    // Of the same database.
    [[nodiscard]] std::string const& url() const noexcept { return url_; }

  private:
    TempFolder folder_;
    std::string url_;
    std::unique_ptr<Process> process_;
};

}  // namespace indexer::test
