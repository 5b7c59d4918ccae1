#include "cli/chain.hpp"

#include <array>

#include <fmt/format.h>

#include "base/error.hpp"

namespace indexer::cli {
namespace {

struct Chain {
    std::string_view name;
    std::string_view position;
    config::Range config::Options::*range;
};

constexpr Chain kSolana{"solana", "slot", &config::Options::slots};
constexpr Chain kStellar{"stellar", "ledger", &config::Options::ledgers};
constexpr std::array kChains{kSolana, kStellar};

// The option of this chain that was given; empty when none was.
std::string given_option(config::Options const& options, Chain const& chain) {
    auto const& range = options.*chain.range;
    if (!range.first && !range.last) return {};
    return fmt::format("--{}-{}", range.first ? "from" : "to", chain.position);
}

base::Error contradiction(std::string const& option, Chain const& chain) {
    return {base::Fault::usage, base::Recovery::never,
            fmt::format("{}: that is for {}, and the chain is not that", option, chain.name),
            "name the range in slots for solana, in ledgers for stellar"};
}

}  // namespace

std::string_view position_name(std::string_view name) noexcept {
    for (Chain const& chain : kChains) {
        if (chain.name == name) return chain.position;
    }
    return "seq";
}

void settle_chain(config::Options& options) {
    std::string chosen = options.named_chain;
    auto const choose = [&chosen](std::string const& option, Chain const& chain) {
        if (!chosen.empty() && chosen != chain.name) throw contradiction(option, chain);
        chosen = chain.name;
    };
    for (Chain const& chain : kChains) {
        auto const option = given_option(options, chain);
        if (option.empty()) continue;
        choose(option, chain);
        options.from = (options.*chain.range).first;
        options.to = (options.*chain.range).last;
    }
    bool const events = options.stellar.asks_for_events();
    bool const lake = !options.stellar.lake.empty();
    if (events && lake) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "--source: a data lake has no events to ask for",
                          "leave --contract and --topic out, or use --source rpc");
    }
    if (events) choose("--contract", kStellar);
    if (lake) choose("--source", kStellar);
    if (!chosen.empty()) options.chain = chosen;
}

}  // namespace indexer::cli
