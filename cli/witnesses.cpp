#include "cli/witnesses.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/error.hpp"
#include "chains.hpp"
#include "rpc/url.hpp"

namespace indexer::cli {
namespace {

base::Error refusal(std::string const& what, std::string const& hint) {
    return {base::Fault::usage, base::Recovery::never, what, hint};
}

}  // namespace

void require_witnesses(config::Options const& options) {
    auto const& wanted = options.agreement;
    auto const needed = std::max(wanted.agree, wanted.audited > 0 ? 2U : 1U);
    if (needed == 1) return;
    auto const option = wanted.agree > 1 ? fmt::format("--agree {}", wanted.agree) : "--audit";
    auto const named = witnesses_of(options);
    if (named < needed) {
        auto const few = named == 1 ? "is only one" : fmt::format("are only {}", named);
        throw refusal(fmt::format("{}: there {} to be asked for blocks", option, few),
                      "name more, each with an --rpc-url of its own; a data lake and getEvents are "
                      "one witness");
    }
    std::set<std::string> places;
    for (config::Endpoint const& endpoint : options.rpc.endpoints) {
        auto const place = rpc::place_of(endpoint.url);
        if (places.insert(place).second) continue;
        throw refusal(fmt::format("{}: {} is named twice, and is one witness", option, place),
                      "name endpoints of several providers");
    }
}

}  // namespace indexer::cli
