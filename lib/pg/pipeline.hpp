#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "pg/connection.hpp"

namespace indexer::pg {

class Exchange;

// One transaction sent as one libpq pipeline: BEGIN, every statement, COMMIT, one sync. It costs
// about one round trip whatever the number of statements. Statements are prepared on first use
// (the Parse travels in the same pipeline).
//
// Sending and receiving are interleaved, so neither side's socket buffer can fill up and block the
// other. If any statement fails nothing is written, and the first error is thrown by commit().
// When the connection breaks after COMMIT was sent, the outcome is unknown: commit() throws a
// pg::Error with connection_lost(), and the caller does it again (writes are idempotent).
class Pipeline {
  public:
    // Sends BEGIN. `connection` must outlive the pipeline and be idle.
    Pipeline(Connection& connection, std::stop_token stop);
    // Without commit(): rolls back; the connection is left idle, or unusable.
    ~Pipeline();
    Pipeline(Pipeline const&) = delete;
    Pipeline& operator=(Pipeline const&) = delete;

    void add(std::string_view sql, std::span<Parameter const> parameters);
    void add(std::string_view sql, std::initializer_list<Parameter> parameters);

    // Sends COMMIT, waits for every answer, and returns the results in the order of add().
    std::vector<Result> commit();

  private:
    void roll_back() noexcept;

    Session& session_;
    std::unique_ptr<Exchange> exchange_;  // none once the transaction is over
};

}  // namespace indexer::pg
