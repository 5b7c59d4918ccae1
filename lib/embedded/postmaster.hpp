#pragma once

#include <filesystem>

#include <sys/types.h>

#include "embedded/home.hpp"
#include "embedded/layout.hpp"

namespace indexer::embedded {

// What can be seen of a server from outside, without being its client. None of it trusts process
// numbers alone: after a crash, and above all in a restarted container, the number in
// postmaster.pid may belong to somebody else.

// A server of `user` listens on the socket and says in its postmaster.pid that it is ready.
[[nodiscard]] bool takes_connections(Layout const& layout, uid_t user);

// Some process lives in the data folder: a server, or what is left of one that was killed.
// Every process of a server has it as its working directory.
[[nodiscard]] bool occupied(std::filesystem::path const& data);

// Removes the lock files of a dead server whose process number is in use, by a stranger or by a
// zombie that nobody reaps: PostgreSQL would take that for a running server. Other left-over lock
// files are PostgreSQL's own to judge. Requires: not occupied(layout.data).
void forget_dead_server(Home const& home, Layout const& layout);

}  // namespace indexer::embedded
