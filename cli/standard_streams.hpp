#pragma once

#include <string>

namespace indexer::cli {

// Puts something in the place of each of stdin, stdout and stderr that was closed by who started
// the program: a socket or a file of its own must not take it and get what is printed. What is
// printed where stdout was closed cannot be written. Before any other thread is started.
void occupy_standard_streams();

// Writes out all that was printed to stdout. Why it could not be, for the user; empty when it
// could.
[[nodiscard]] std::string write_out();

}  // namespace indexer::cli
