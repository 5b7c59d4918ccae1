#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace indexer::test {

// One fault as the suite met it.
struct FaultOutcome {
    std::string fault;
    std::string did;  // what the run did about it
    std::size_t missing = 0;
    std::size_t surplus = 0;  // rows that are there twice or should not be there
    int exit_code = 0;
    std::string message;  // the last thing it said, empty when it had no reason to complain
};

// Every row of every table of Solana, as digests, ascending.
[[nodiscard]] std::vector<std::string> rows_of(std::string const& url);
// How many of `rows` are not among `others`. Requires: both ascend.
[[nodiscard]] std::size_t not_in(std::vector<std::string> const& rows,
                                 std::vector<std::string> const& others);

// Adds a line to the table that the test program prints when it ends.
void tabulate(FaultOutcome outcome);

// The last line of what a run wrote to stderr that begins with "indexer: ", else empty.
[[nodiscard]] std::string complaint(std::string const& err);

}  // namespace indexer::test
