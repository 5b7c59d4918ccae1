#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "pg/result.hpp"
#include "pg/session.hpp"

namespace indexer::pg {

// Several statements in one text, over the simple query protocol.
class Script {
  public:
    explicit Script(Session& session) noexcept : session_(session) {}

    // The last statement's result. Throws the first failure.
    [[nodiscard]] Result run(std::string const& sql, std::stop_token stop);

  private:
    bool collect();
    void accept(Answer answer);

    Session& session_;
    Answer last_;
    std::optional<Error> error_;
};

}  // namespace indexer::pg
