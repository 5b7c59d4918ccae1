#include "tests/simulator/history/seeded_history.hpp"

#include <algorithm>

#include "tests/simulator/history/block_writer.hpp"

namespace indexer::simulator {
namespace {

constexpr std::uint64_t kContent = 300;

}  // namespace

SeededHistory::SeededHistory(SeededOptions const& options)
    : options_(options),
      chain_(options.chain),
      world_(options.chain.seed),
      renderings_(options.cache_bytes) {
}

Slot SeededHistory::first() const {
    return at_or_after(options_.first_slot).value();
}

Slot SeededHistory::last() const {
    return chain_.at_or_before(options_.first_slot + options_.slots - 1);
}

bool SeededHistory::has(Slot slot) const {
    return slot >= options_.first_slot && slot - options_.first_slot < options_.slots &&
           chain_.has(slot);
}

Slot SeededHistory::at_or_before(Slot slot) const {
    return chain_.at_or_before(std::min(slot, last()));
}

std::uint64_t SeededHistory::content(Slot slot) const noexcept {
    if (options_.distinct_blocks == 0) return slot;
    return mix(options_.chain.seed, kContent, slot) % options_.distinct_blocks;
}

std::vector<Transaction> SeededHistory::transactions(Slot slot) const {
    Slot const told = options_.distinct_blocks == 0 ? slot : options_.first_slot;
    return make_block(world_, options_.mixture,
                      {.seed = options_.chain.seed,
                       .content = content(slot),
                       .slot = told,
                       .time = static_cast<std::uint64_t>(Chain::time(told))});
}

auto SeededHistory::render(Slot slot, BlockRequest const& request) const -> Rendering {
    auto const all = transactions(slot);
    int highest = Transaction::kLegacy;
    for (Transaction const& transaction : all) highest = std::max(highest, transaction.version);
    return {std::make_shared<BlockTemplate const>(write_block(all, request), options_.deflate),
            highest};
}

std::optional<Slot> SeededHistory::at_or_after(Slot slot) const {
    slot = std::max(slot, options_.first_slot);
    while (slot <= last() && !chain_.has(slot)) ++slot;
    return slot <= last() ? std::optional(slot) : std::nullopt;
}

Block SeededHistory::block(Slot slot, BlockRequest const& request) const {
    CacheKey const key{content(slot), request.details, request.rewards, request.versions};
    auto const rendering = renderings_.get(key, [&] { return render(slot, request); });
    return {BlockTemplate::fill(rendering->text, chain_, slot, request.fork),
            rendering->highest_version};
}

std::optional<std::int64_t> SeededHistory::time(Slot slot) const {
    auto const links = chain_.links(slot);
    return links.knows_time ? std::optional(links.time) : std::nullopt;
}

std::uint64_t SeededHistory::height(Slot slot) const {
    return chain_.height(slot);
}

}  // namespace indexer::simulator
