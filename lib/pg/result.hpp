#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

struct pg_result;

namespace indexer::pg {

// An answer as libpq allocated it.
struct Clear {
    void operator()(pg_result* result) const noexcept;
};
using Answer = std::unique_ptr<pg_result, Clear>;

// The rows of a finished statement, in text format. Owns its memory; outlives the connection.
class Result {
  public:
    explicit Result(Answer answer) noexcept : result_(std::move(answer)) {}

    [[nodiscard]] int rows() const noexcept;
    [[nodiscard]] int columns() const noexcept;
    [[nodiscard]] std::string_view column_name(int column) const noexcept;
    [[nodiscard]] bool is_null(int row, int column) const noexcept;
    // The cell as text; empty when null.
    [[nodiscard]] std::string_view text(int row, int column) const noexcept;
    // The cell as a number. Requires: an integer that fits.
    [[nodiscard]] std::int64_t integer(int row, int column) const;
    [[nodiscard]] bool boolean(int row, int column) const noexcept;
    // Rows inserted, updated or deleted.
    [[nodiscard]] std::uint64_t affected() const noexcept;

  private:
    Answer result_;
};

}  // namespace indexer::pg
