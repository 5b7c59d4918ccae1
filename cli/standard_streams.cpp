#include "cli/standard_streams.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <iostream>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace indexer::cli {
namespace {

struct Stream {
    int descriptor;
    char const* instead;
};

// In ascending order: what is opened takes the lowest number that is free.
constexpr std::array kStreams{Stream{STDIN_FILENO, "/dev/null"}, Stream{STDOUT_FILENO, "/dev/full"},
                              Stream{STDERR_FILENO, "/dev/null"}};

}  // namespace

void occupy_standard_streams() {
    for (auto const& [descriptor, instead] : kStreams) {
        bool const closed = ::fcntl(descriptor, F_GETFD) < 0 && errno == EBADF;
        if (closed && ::open(instead, O_RDWR) != descriptor) {
            throw std::system_error(errno, std::generic_category(), instead);
        }
    }
}

std::string write_out() {
    bool const failed_before = std::ferror(stdout) != 0;
    if (std::fflush(stdout) != 0) return std::generic_category().message(errno);
    return failed_before || !std::cout.flush() ? "cannot be written" : "";
}

}  // namespace indexer::cli
