#pragma once

#include "config/config.hpp"

namespace indexer::cli {

// Throws Fault::usage when fewer endpoints are named than are to agree, or the same place twice.
void require_witnesses(config::Options const& options);

}  // namespace indexer::cli
