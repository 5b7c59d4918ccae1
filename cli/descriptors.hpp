#pragma once

#include <cstdint>

#include "config/config.hpp"

namespace indexer::cli {

// The most files and connections that a run with these options has open at a time.
[[nodiscard]] std::uint64_t descriptors_of(config::Options const& options);

// Raises this process's limit as far as the options need it. Throws Fault::usage, which names what
// to lower and to what, where the system does not allow as many: found later, it would look like a
// fault of the database or of an endpoint.
void plan_descriptors(config::Options const& options);

}  // namespace indexer::cli
