#include "cli/advice.hpp"

#include <fmt/format.h>

#include "chains.hpp"
#include "cli/chain.hpp"
#include "cli/text.hpp"

namespace indexer::cli {

std::string command_for(std::string_view command, store::Dataset const& dataset,
                        base::SeqRange range) {
    auto const position = position_name(dataset.chain);
    return fmt::format("indexer {} --from-{} {} --to-{} {}{}", command, position,
                       range.begin.value(), position, range.last().value(),
                       options_for(dataset.chain, dataset.content));
}

std::string dead_letters_text(std::uint64_t letters, store::Dataset const& dataset,
                              base::SeqRange range) {
    if (letters == 0) return {};
    return fmt::format("dead letters: {}, whose rows are missing; they are tried again by: {}\n",
                       grouped(letters), command_for("dead-letters retry", dataset, range));
}

}  // namespace indexer::cli
