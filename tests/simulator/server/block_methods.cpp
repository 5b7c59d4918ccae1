#include "tests/simulator/server/block_methods.hpp"

#include <fmt/format.h>

namespace indexer::simulator {
namespace {

namespace dom = simdjson::dom;

constexpr std::string_view kSlotExpected = "Invalid params: invalid type: expected u64.";

Answer invalid(std::string_view message) {
    return Answer::error(-32602, std::string(message));
}

// The members of getBlock's configuration that have an effect here.
struct Config {
    BlockRequest request;
    int max_version = -1;
};

std::optional<Details> details_named(std::string_view name) {
    if (name == "full") return Details::full;
    if (name == "signatures") return Details::signatures;
    if (name == "none") return Details::none;
    return std::nullopt;
}

// Reads the configuration; what is wrong with it, or nothing.
std::optional<Answer> read(dom::object const& object, Config& config) {
    std::string_view text;
    if (object["encoding"].get(text) == simdjson::SUCCESS && text != "json") {
        return invalid("Invalid params: the simulator knows encoding `json` only");
    }
    if (object["transactionDetails"].get(text) == simdjson::SUCCESS) {
        auto const details = details_named(text);
        if (!details) return invalid("Invalid params: unknown variant `" + std::string(text) + "`");
        config.request.details = *details;
    }
    bool rewards = true;
    if (object["rewards"].get(rewards) == simdjson::SUCCESS) config.request.rewards = rewards;
    dom::element version;
    std::uint64_t number = 0;
    if (object["maxSupportedTransactionVersion"].get(version) != simdjson::SUCCESS) return {};
    if (version.is_null()) return {};
    if (version.get(number) != simdjson::SUCCESS || number > 255) {
        return invalid("Invalid params: invalid type: expected u8.");
    }
    config.max_version = static_cast<int>(number);
    config.request.versions = true;
    return std::nullopt;
}

std::optional<Answer> why_absent(Node const& node, Slot slot, Orders const& orders) {
    if (slot < node.first_available()) {
        return Answer::error(
            -32001, fmt::format("Block {} cleaned up, does not exist on node. First available "
                                "block: {}",
                                slot, node.first_available()));
    }
    if (slot > node.tip(orders)) {
        return Answer::error(-32004, fmt::format("Block not available for slot {}", slot));
    }
    if (!node.history().has(slot)) {
        return Answer::error(-32007, fmt::format("Slot {} was skipped, or missing due to ledger "
                                                 "jump to recent snapshot",
                                                 slot));
    }
    return std::nullopt;
}

Answer refuse_version(int highest) {
    return Answer::error(
        -32015, fmt::format("Transaction version ({0}) is not supported by the requesting client. "
                            "Please try the request again with the following configuration "
                            "parameter: \"maxSupportedTransactionVersion\": {0}",
                            highest));
}

}  // namespace

std::optional<Answer> refuse_commitment(Call const& call) {
    auto const object = call.config();
    std::string_view commitment;
    if (!object || (*object)["commitment"].get(commitment) != simdjson::SUCCESS) return {};
    if (commitment == "confirmed" || commitment == "finalized") return std::nullopt;
    return invalid("Method does not support commitment below `confirmed`");
}

Answer get_block(Node const& node, Call const& call, Orders const& orders) {
    auto const slot = call.number(0);
    if (!slot) return invalid(kSlotExpected);
    if (auto refused = refuse_commitment(call)) return *refused;
    Config config{.request = {.versions = false, .fork = orders.fork}};
    if (auto const object = call.object(1)) {
        if (auto refused = read(*object, config)) return *refused;
    }
    if (auto absent = why_absent(node, *slot, orders)) return *absent;
    auto block = node.history().block(*slot, config.request);
    bool const shown = config.request.details == Details::full;
    if (shown && block.highest_version > config.max_version) {
        return refuse_version(block.highest_version);
    }
    return Answer::of(std::move(block.json));
}

Answer get_block_time(Node const& node, Call const& call, Orders const& orders) {
    auto const slot = call.number(0);
    if (!slot) return invalid(kSlotExpected);
    if (auto absent = why_absent(node, *slot, orders)) return *absent;
    auto const time = node.history().time(*slot);
    return Answer::of(time ? fmt::format("{}", *time) : "null");
}

}  // namespace indexer::simulator
