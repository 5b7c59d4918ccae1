#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace indexer::pg {

// What the SQLSTATE of a failed statement says about trying again: the same connection, a new
// connection (retry_elsewhere), or never. An empty SQLSTATE means that libpq itself failed.
// Source: PostgreSQL documentation, appendix A.
[[nodiscard]] base::Recovery recovery_for(std::string_view sqlstate) noexcept;

// A failed statement or connection. Recovery::retry_elsewhere means the connection is gone and must
// not be used again; after every other error it is healthy.
class Error : public base::Error {
  public:
    // Fault::database when the server is out of reach, else Fault::internal.
    Error(std::string const& what, std::string sqlstate, std::string hint = {});

    [[nodiscard]] std::string const& sqlstate() const noexcept { return sqlstate_; }
    [[nodiscard]] bool connection_lost() const noexcept {
        return recovery() == base::Recovery::retry_elsewhere;
    }

  private:
    std::string sqlstate_;
};

}  // namespace indexer::pg
