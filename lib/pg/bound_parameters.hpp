#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "pg/connection.hpp"

namespace indexer::pg {

// Parameters in the three parallel arrays that libpq takes. Text is copied, because libpq wants it
// to end in a zero; arrays are not. Throws pg::Error for what cannot be sent.
class BoundParameters {
  public:
    explicit BoundParameters(std::span<Parameter const> parameters);

    [[nodiscard]] int count() const noexcept { return static_cast<int>(values_.size()); }
    [[nodiscard]] char const* const* values() const noexcept { return values_.data(); }
    [[nodiscard]] int const* lengths() const noexcept { return lengths_.data(); }
    [[nodiscard]] int const* formats() const noexcept { return formats_.data(); }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

  private:
    void bind(Parameter const& parameter);

    std::vector<std::string> texts_;
    std::vector<char const*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::size_t bytes_ = 0;
};

}  // namespace indexer::pg
