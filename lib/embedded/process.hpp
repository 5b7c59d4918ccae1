#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <sys/types.h>

namespace indexer::embedded {

// A user of this machine, and their group.
struct Account {
    uid_t user;
    gid_t group;
};

struct Command {
    std::filesystem::path program;  // absolute
    std::vector<std::string> arguments;
    std::optional<Account> account = std::nullopt;  // whom to become first; only root may
    std::string input = {};                         // for its stdin; fits a pipe (64 KiB)
};

struct Outcome {
    int status;          // what it exited with, or 128 and the signal that ended it
    std::string output;  // stdout and stderr

    [[nodiscard]] bool succeeded() const noexcept { return status == 0; }
};

// Runs a program, without a shell, and waits until it ends. The child begins afresh: a session of
// its own, so that the terminal's Ctrl-C is ours to pass on; default signal handling; "/" as its
// folder; no file descriptors of ours; and of our environment only what a server needs, because
// it may outlive us and our variables hold secrets. The program itself dies with us; what it starts
// need not. A stop interrupts it (SIGINT), waits for its end and throws Fault::stopped. Throws
// Fault::internal when it could not be run.
[[nodiscard]] Outcome run(Command const& command, std::stop_token stop);

}  // namespace indexer::embedded
