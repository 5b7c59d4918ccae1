#pragma once

#include <tuple>

#include "tests/simulator/history/block_template.hpp"
#include "tests/simulator/history/cache.hpp"
#include "tests/simulator/history/history.hpp"
#include "tests/simulator/transactions/scenarios.hpp"

namespace indexer::simulator {

struct SeededOptions {
    ChainOptions chain;
    Mixture mixture;
    Slot first_slot = 1'000;
    std::uint64_t slots = 1'000;
    std::uint64_t distinct_blocks = 0;  // how many contents slots share; 0: each has its own
    bool deflate = false;               // have blocks ready for compressed answers
    std::size_t cache_bytes = 256U << 20U;
};

// A made-up chain, the same for the same options.
class SeededHistory final : public History {
  public:
    explicit SeededHistory(SeededOptions const& options);

    [[nodiscard]] Slot first() const override;
    [[nodiscard]] Slot last() const override;
    [[nodiscard]] bool has(Slot slot) const override;
    [[nodiscard]] Slot at_or_before(Slot slot) const override;
    [[nodiscard]] std::optional<Slot> at_or_after(Slot slot) const override;
    [[nodiscard]] Block block(Slot slot, BlockRequest const& request) const override;
    [[nodiscard]] std::optional<std::int64_t> time(Slot slot) const override;
    [[nodiscard]] std::uint64_t height(Slot slot) const override;

    [[nodiscard]] Chain const& chain() const noexcept { return chain_; }

    // The transactions of a block, without what makes them the slot's own.
    [[nodiscard]] std::vector<Transaction> transactions(Slot slot) const;

  private:
    struct Rendering {
        std::shared_ptr<BlockTemplate const> text;
        int highest_version;

        [[nodiscard]] std::size_t size() const noexcept { return text->size(); }
    };
    using CacheKey = std::tuple<std::uint64_t, Details, bool, bool>;

    [[nodiscard]] std::uint64_t content(Slot slot) const noexcept;
    [[nodiscard]] Rendering render(Slot slot, BlockRequest const& request) const;

    SeededOptions options_;
    Chain chain_;
    World world_;
    mutable Cache<CacheKey, Rendering> renderings_;
};

}  // namespace indexer::simulator
