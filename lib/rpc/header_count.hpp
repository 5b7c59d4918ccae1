#pragma once

#include <cstddef>
#include <string_view>

namespace indexer::rpc {

// What the headers of one answer cost so far: those of interim answers and trailers are headers,
// too, and nothing in HTTP ends them. One thread at a time.
class HeaderCount {
  public:
    // Counts a line, with its end. False when it is one too many.
    [[nodiscard]] bool add(std::string_view line) noexcept;

  private:
    std::size_t bytes_ = 0;
    std::size_t answers_ = 0;
};

}  // namespace indexer::rpc
