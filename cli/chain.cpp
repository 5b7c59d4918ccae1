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

constexpr std::array kChains{Chain{"solana", "slot", &config::Options::slots},
                             Chain{"stellar", "ledger", &config::Options::ledgers}};

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

std::string_view position_name(config::Options const& options) noexcept {
    for (Chain const& chain : kChains) {
        if (chain.name == options.chain) return chain.position;
    }
    return "seq";
}

void settle_chain(config::Options& options) {
    std::string chosen = options.named_chain;
    for (Chain const& chain : kChains) {
        auto const option = given_option(options, chain);
        if (option.empty()) continue;
        if (!chosen.empty() && chosen != chain.name) throw contradiction(option, chain);
        chosen = chain.name;
        options.from = (options.*chain.range).first;
        options.to = (options.*chain.range).last;
    }
    bool const events = !options.stellar.contracts.empty() || !options.stellar.topics.empty();
    if (events && !options.stellar.lake.empty()) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "--source: a data lake has no events to ask for",
                          "leave --contract and --topic out, or use --source rpc");
    }
    if (events) {
        if (!chosen.empty() && chosen != "stellar") throw contradiction("--contract", kChains[1]);
        chosen = "stellar";
    }
    if (!options.stellar.lake.empty()) {
        if (!chosen.empty() && chosen != "stellar") throw contradiction("--source", kChains[1]);
        chosen = "stellar";
    }
    if (!chosen.empty()) options.chain = chosen;
}

}  // namespace indexer::cli
