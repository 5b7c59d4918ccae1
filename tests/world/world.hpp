#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/temp_database.hpp"
#include "tests/world/process.hpp"

namespace indexer::test {

// A simulated node on this machine, for as long as the object lives.
class Simulator {
  public:
    explicit Simulator(std::vector<std::string> arguments);

    [[nodiscard]] std::string const& url() const noexcept { return url_; }
    // Answers given to calls of `method`, or of all methods when it is empty.
    [[nodiscard]] std::uint64_t calls(std::string const& method = {}) const;
    // From now on its newest slot.
    void set_tip(std::uint64_t slot) const;

  private:
    Process process_;
    std::string url_;
};

// Where the build put the program.
[[nodiscard]] std::string built_program();

// A fixture with a database of its own, whose tests run the program as a user would.
class World : public DatabaseTest {
  protected:
    // Runs indexer to its end, with DATABASE_URL set and, once start_node() was called,
    // INDEXER_RPC_URL.
    Finished indexer(std::vector<std::string> arguments);
    // The same, running.
    std::unique_ptr<Process> start_indexer(std::vector<std::string> arguments);

    // Runs it until the query answers true, and then tells it to stop.
    Finished indexer_until(std::string const& sql, std::vector<std::string> arguments);

    void start_node(std::vector<std::string> arguments);
    void migrate();
    void run_sql(std::string const& sql) const { query(database_->url(), sql); }
    // What a query prints, cells separated by tabs, a line a row.
    [[nodiscard]] std::string table(std::string const& sql) const;

    std::string program_ = built_program();  // what indexer() runs
    Process::Environment environment_;
    std::optional<Simulator> node_;
};

}  // namespace indexer::test
