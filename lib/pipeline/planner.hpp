#pragma once

#include <optional>
#include <stop_token>

#include "base/seq.hpp"

namespace indexer::pipeline {

// Answers "what is next?". Backfill and poll are one pipeline; only the planner differs.
// Safe for concurrent use.
class Planner {
  public:
    Planner() = default;
    Planner(Planner const&) = delete;
    Planner& operator=(Planner const&) = delete;
    virtual ~Planner() = default;

    // The next part to fetch; nothing when there is no more or a stop was requested. Each part is
    // handed out once. May wait; throws what the source throws.
    [[nodiscard]] virtual std::optional<base::SeqRange> next(std::stop_token stop) = 0;
};

}  // namespace indexer::pipeline
