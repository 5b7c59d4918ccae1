#pragma once

#include <stop_token>

#include "embedded/home.hpp"
#include "embedded/layout.hpp"

namespace indexer::embedded {

// Makes the cluster at layout.data: UTF-8, locale C.UTF-8, data checksums, superuser and database
// `indexer`, no authentication beyond the socket folder's permissions. It is made at layout.draft
// and renamed, so that layout.data is whole or absent; a draft left behind is removed first. All
// of it is made by home.account.
// Requires: home.directory exists and belongs to home.account, and nobody else does the same.
void make_cluster(Home const& home, Layout const& layout, std::stop_token stop);

// Writes our settings, which postgresql.conf includes, into the cluster at layout.data.
void write_settings(Home const& home, Layout const& layout);

}  // namespace indexer::embedded
