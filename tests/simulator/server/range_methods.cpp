#include "tests/simulator/server/range_methods.hpp"

#include <algorithm>
#include <limits>

#include "base/json_writer.hpp"
#include "tests/simulator/server/block_methods.hpp"

namespace indexer::simulator {
namespace {

constexpr std::uint64_t kMostSlots = 500'000;  // MAX_GET_CONFIRMED_BLOCKS_RANGE

// The first `limit` slots with a block of the span.
Answer list(Node const& node, SlotSpan span, std::uint64_t limit, Orders const& orders) {
    Slot const last = std::min(span.last, node.tip(orders));
    base::JsonWriter json;
    json.begin_array();
    auto const& history = node.history();
    auto slot = history.at_or_after(std::max(span.first, node.first_available()));
    for (; slot && *slot <= last && limit > 0; slot = history.at_or_after(*slot + 1)) {
        if (orders.omit && orders.omit->contains(*slot)) continue;
        json.value(*slot);
        --limit;
    }
    json.end_array();
    return Answer::of(std::move(json).text());
}

}  // namespace

Answer get_blocks(Node const& node, Call const& call, Orders const& orders) {
    auto const start = call.number(0);
    if (!start) return Answer::error(-32602, "Invalid params: invalid type: expected u64.");
    if (auto refused = refuse_commitment(call)) return *refused;
    Slot const wanted = call.number(1).value_or(*start + kMostSlots);
    Slot const end = std::min(wanted, node.tip(orders));
    if (end > *start && end - *start > kMostSlots) {
        return Answer::error(-32602, "Slot range too large; max 500000");
    }
    return list(node, {*start, end}, std::numeric_limits<std::uint64_t>::max(), orders);
}

Answer get_blocks_with_limit(Node const& node, Call const& call, Orders const& orders) {
    auto const start = call.number(0);
    auto const limit = call.number(1);
    if (!start || !limit) {
        return Answer::error(-32602, "Invalid params: invalid type: expected u64.");
    }
    if (auto refused = refuse_commitment(call)) return *refused;
    if (*limit > kMostSlots) return Answer::error(-32602, "Limit too large; max 500000");
    return list(node, {.first = *start}, *limit, orders);
}

}  // namespace indexer::simulator
