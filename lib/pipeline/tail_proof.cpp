#include "pipeline/tail_proof.hpp"

#include <algorithm>
#include <variant>

#include "base/error.hpp"

namespace indexer::pipeline {
namespace {

// How far one listing looks ahead. Runs of skipped slots are mostly shorter than 10; where Solana's
// consensus was changed they are some thousands long, and take as many listings as that needs.
constexpr std::uint64_t kLookAhead = 500;

std::optional<base::SeqRange> first_part(source::Source& source, base::SeqRange range,
                                         std::stop_token stop) {
    while (!range.empty()) {
        base::Seq const end(std::min(range.end.value(), range.begin.value() + kLookAhead));
        auto const parts = source.parts({range.begin, end}, stop);
        if (!parts.empty()) return base::SeqRange::single(parts.front().begin);
        range.begin = end;
    }
    return std::nullopt;
}

std::optional<model::Link> parent_of(source::Source& source, base::SeqRange part,
                                     std::stop_token stop) {
    auto const fetched = source.fetch(part, stop);
    auto const* const answer = std::get_if<source::Answer>(&fetched);
    if (answer == nullptr) return std::nullopt;
    try {
        auto const blocks = source.decode(*answer);
        if (!blocks.empty()) return blocks.front().parent;
    } catch (base::Error const& error) {
        // It is no block of the range: what it cannot prove stays missing, and is told as that.
        if (error.fault() != base::Fault::not_understood && error.fault() != base::Fault::endpoint)
            throw;
    }
    return std::nullopt;
}

}  // namespace

std::optional<model::Link> last_block_before(source::Source& source, base::Seq end, base::Seq tip,
                                             std::stop_token stop) {
    auto part = first_part(source, base::SeqRange::inclusive(end, tip), stop);
    while (part && !stop.stop_requested()) {
        auto parent = parent_of(source, *part, stop);
        if (!parent || parent->seq < end) return parent;
        part = base::SeqRange::single(parent->seq);
    }
    return std::nullopt;
}

}  // namespace indexer::pipeline
