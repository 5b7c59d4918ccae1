#pragma once

#include <concepts>
#include <cstddef>
#include <utility>
#include <variant>

#include "base/memory_budget.hpp"
#include "model/block.hpp"
#include "store/coverage.hpp"

namespace indexer::pipeline {

// What fetch workers hand to writers: a block to store, a block that could not be decoded and is
// kept whole, or a seq that could not be had; and its part of the memory budget, until it is
// written.
struct Delivery {
    using What = std::variant<model::Block, model::DeadLetter, store::Hole>;

    template <class Content>
    requires std::constructible_from<What, Content>
    // NOLINTNEXTLINE(google-explicit-constructor): each of them is one
    Delivery(Content content, base::MemoryShare share = {})
        : what(std::move(content)), memory(std::move(share)) {}

    What what;
    base::MemoryShare memory;
};

// Memory that it takes, in bytes.
[[nodiscard]] std::size_t bytes_of(Delivery::What const& what);

}  // namespace indexer::pipeline
