#pragma once

#include <cstddef>

#include "config/config.hpp"

namespace indexer::cli {

// What of --max-memory is for work under way: three quarters. The rest is for what stays between
// two pieces of work: parsers, buffers, connections. Throws base::Error with Fault::usage when the
// option names too little.
[[nodiscard]] std::size_t memory_for_work(config::Options const& options);

}  // namespace indexer::cli
