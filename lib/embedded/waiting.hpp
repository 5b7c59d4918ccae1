#pragma once

#include <functional>
#include <stop_token>
#include <string_view>

namespace indexer::embedded {

// Waits for something another process does, which no event tells us: looks twenty times a second.
// Throws Fault::stopped when told to stop, and a failure() that says `otherwise` after ten
// minutes, longer than a server's recovery of all the WAL our settings let it keep.
void wait_until(std::function<bool()> const& done, std::string_view otherwise,
                std::stop_token const& stop);

}  // namespace indexer::embedded
