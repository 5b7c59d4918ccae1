#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/seq.hpp"
#include "chains.hpp"

// How results look to a person.
namespace indexer::cli {

// 1234567 as "1,234,567".
[[nodiscard]] std::string grouped(std::uint64_t number);

// "1 block", "2 blocks".
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view noun);

// Both ends included, as on the command line: "5-9", or "5" for one. Requires: not empty.
[[nodiscard]] std::string range_text(base::SeqRange range);

// "0.4 s", "12 s", "3 m 20 s", "2 h 5 m".
[[nodiscard]] std::string elapsed_text(std::chrono::steady_clock::duration elapsed);

// Left-aligned columns, two spaces between them, a line a row, whatever the cells hold.
[[nodiscard]] std::string table_text(std::vector<std::vector<std::string>> const& cells);

// Text of several lines, each as base::plain_text() has it.
[[nodiscard]] std::string lines_text(std::string_view text);

// Prints lines_text() to stdout: what is in a database may have come from anywhere.
void print_lines(std::string_view text);

// Adds the lines that say of rows what vouches for them.
void add_vouchers(std::vector<std::vector<std::string>>& rows, Vouchers const& vouchers);

}  // namespace indexer::cli
