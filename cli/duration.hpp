#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace indexer::cli {

// "500ms", "10s", "5m", "1h"; a bare number is refused, since nobody would know its unit.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// The shortest such text: 90 s is "90s", 3,600 s is "1h".
[[nodiscard]] std::string duration_text(std::chrono::milliseconds duration);

}  // namespace indexer::cli
