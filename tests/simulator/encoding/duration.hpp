#pragma once

#include <chrono>
#include <string>

namespace indexer::simulator {

// "250us", "400ms", "2s", "1m" or "1h"; a fraction such as "0.5s" is fine. Throws base::Error.
[[nodiscard]] std::chrono::nanoseconds parse_duration(std::string const& text);

}  // namespace indexer::simulator
