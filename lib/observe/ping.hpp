#pragma once

#include <stop_token>

#include "base/secret.hpp"

namespace indexer::observe {

// Tells a monitor of scheduled jobs (healthchecks.io and its like) that the run succeeded: one GET.
// What goes wrong is only logged. Takes five seconds at most.
void ping(base::Secret const& url, std::stop_token stop);

}  // namespace indexer::observe
