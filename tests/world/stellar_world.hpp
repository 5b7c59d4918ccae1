#pragma once

#include <string>
#include <vector>

#include "tests/world/world.hpp"

namespace indexer::test {

// A World whose node serves a made-up Stellar network: ledgers 1000 to 1299 of seed 9.
class StellarWorld : public World {
  protected:
    void SetUp() override;

    void start_stellar_node(std::vector<std::string> const& more = {});
    // Of ledgers, by --from-ledger and --to-ledger, with waits that suit a test.
    Finished backfill(std::string const& first, std::string const& last,
                      std::vector<std::string> const& more = {});

    // Every row of every Stellar table, digested: a line a table.
    [[nodiscard]] std::string stellar_rows() const;
    // Segments as count, first and last.
    [[nodiscard]] std::string proven() const;
    // Leaves the tables and the coverage empty.
    void forget_everything() const;

  private:
    [[nodiscard]] std::vector<std::string> stellar_tables() const;
};

}  // namespace indexer::test
