#pragma once

#include <string>

#include "base/seq.hpp"
#include "config/config.hpp"

namespace indexer::cli {

// Throw Fault::usage when no start of the range was asked for, and when the range ends before it
// begins.
void require_start(config::Options const& options);
void check_range(config::Options const& options);

// What stands for a content where --view is asked about.
[[nodiscard]] std::string content_of_view(config::Options const& options);

// `whole`, with the ends that were asked for. Throws as check_range, also when that leaves nothing.
[[nodiscard]] base::SeqRange part_of(base::SeqRange whole, config::Options const& options);

}  // namespace indexer::cli
