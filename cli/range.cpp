#include "cli/range.hpp"

#include <string>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/chain.hpp"

namespace indexer::cli {
namespace {

base::Error refused(std::string const& what, std::string const& hint) {
    return {base::Fault::usage, base::Recovery::never, what, hint};
}

}  // namespace

void require_start(config::Options const& options) {
    if (options.from) return;
    throw refused(fmt::format("--from-{} is required", position_name(options.chain)),
                  "for Solana name a range by slots, for Stellar by ledgers");
}

void check_range(config::Options const& options) {
    if (!options.from || !options.to || *options.from <= *options.to) return;
    auto const position = position_name(options.chain);
    throw refused(
        fmt::format("--to-{0}: {1} is before --from-{0} {2}", position, *options.to, *options.from),
        fmt::format("the range goes from the lower {0} to the higher one", position));
}

std::string content_of_view(config::Options const& options) {
    return "view " + options.view;
}

base::SeqRange part_of(base::SeqRange whole, config::Options const& options) {
    check_range(options);
    if (options.from) whole.begin = base::Seq(*options.from);
    if (options.to) whole.end = base::Seq(*options.to).next();
    if (!whole.empty()) return whole;
    auto const position = position_name(options.chain);
    throw refused(
        options.from
            ? fmt::format("--from-{}: there is nothing from {} on", position, *options.from)
            : fmt::format("--to-{}: there is nothing up to {}", position, options.to.value_or(0)),
        "indexer status shows what is stored");
}

}  // namespace indexer::cli
