#include "tests/simulator/server/methods.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "tests/simulator/server/block_methods.hpp"
#include "tests/simulator/server/range_methods.hpp"

namespace indexer::simulator {
namespace {

constexpr Slot kSlotsInEpoch = 432'000;

Answer number(std::uint64_t value) {
    return Answer::of(fmt::format("{}", value));
}

Answer get_slot(Node const& node, Call const&, Orders const& orders) {
    return number(node.tip(orders));
}

Answer get_block_height(Node const& node, Call const&, Orders const& orders) {
    return number(node.history().height(node.tip(orders)));
}

Answer get_first_available_block(Node const& node, Call const&, Orders const&) {
    return number(node.first_available());
}

Answer get_genesis_hash(Node const& node, Call const&, Orders const&) {
    return Answer::of('"' + node.genesis_hash() + '"');
}

// The block that both signatures are about, which are made up: 192 bytes, and a bit a validator.
Answer get_ag_genesis_cert(Node const& node, Call const&, Orders const&) {
    auto const& slot = node.last_of_tower();
    if (slot.empty()) return Answer::error(-32601, "Method not found");
    if (slot == "none") return Answer::of("null");
    auto const bytes = [](std::size_t count) {
        return fmt::format("{}", fmt::join(std::vector(count, 7), ","));
    };
    return Answer::of(fmt::format(
        R"({{"block":{{"slot":{},"blockId":[{}]}},"signature":{{"signature":[{}],"bitmap":[{}]}}}})",
        slot, bytes(32), bytes(192), bytes(250)));
}

Answer get_version(Node const&, Call const&, Orders const&) {
    return Answer::of(R"({"feature-set":3294202862,"solana-core":"3.0.6"})");
}

Answer get_health(Node const&, Call const&, Orders const&) {
    return Answer::of(R"("ok")");
}

Answer get_epoch_info(Node const& node, Call const&, Orders const& orders) {
    Slot const tip = node.tip(orders);
    base::JsonWriter json;
    json.begin_object().member("absoluteSlot", tip);
    json.member("blockHeight", node.history().height(tip));
    json.member("epoch", tip / kSlotsInEpoch).member("slotIndex", tip % kSlotsInEpoch);
    json.member("slotsInEpoch", kSlotsInEpoch).key("transactionCount").null().end_object();
    return Answer::of(std::move(json).text());
}

struct Method {
    std::string_view name;
    Answer (*run)(Node const&, Call const&, Orders const&);
};

constexpr std::array kMethods{
    Method{"getAgGenesisCert", get_ag_genesis_cert},
    Method{"getBlock", get_block},
    Method{"getBlockHeight", get_block_height},
    Method{"getBlockTime", get_block_time},
    Method{"getBlocks", get_blocks},
    Method{"getBlocksWithLimit", get_blocks_with_limit},
    Method{"getEpochInfo", get_epoch_info},
    Method{"getFirstAvailableBlock", get_first_available_block},
    Method{"getGenesisHash", get_genesis_hash},
    Method{"getHealth", get_health},
    Method{"getSlot", get_slot},
    Method{"getVersion", get_version},
};

}  // namespace

Answer answer_by_method(Node const& node, Call const& call, Orders const& orders) {
    if (orders.instead) return *orders.instead;
    if (call.method.empty()) return Answer::error(-32600, "Invalid request");
    auto const* const found =
        std::find_if(kMethods.begin(), kMethods.end(),
                     [&](Method const& method) { return method.name == call.method; });
    if (found == kMethods.end()) return Answer::error(-32601, "Method not found");
    return found->run(node, call, orders);
}

}  // namespace indexer::simulator
