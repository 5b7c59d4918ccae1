#include "pipeline/abandoned.hpp"

#include <spdlog/spdlog.h>

#include "pipeline/tail_proof.hpp"
#include "store/gaps.hpp"

namespace indexer::pipeline {

Ranges Abandoned::take_back(base::SeqRange range, base::Seq tip, std::stop_token stop) {
    Ranges gone;
    if (statement_.empty()) return gone;
    auto const known =
        persist_(stop, [&] { return store::abandoned(pool_, statement_, dataset_, stop); });
    for (auto const& [part, parent] : known) {
        if (part.begin < range.begin || range.end < part.end) continue;
        if (is_left_out(part, parent, tip, stop)) gone.push_back(part);
    }
    if (!gone.empty()) persist_(stop, [&] { writer_.erase(gone, stop); });
    return gone;
}

bool Abandoned::is_left_out(base::SeqRange part, model::Link const& parent, base::Seq tip,
                            std::stop_token stop) {
    auto const behind = first_block_behind(source_, part.end, tip, std::move(stop));
    auto const last = behind ? std::optional(behind->parent) : std::nullopt;
    bool const left_out =
        last && last->seq < part.begin && (last->seq != parent.seq || last->hash == parent.hash);
    auto const first = part.begin.value();
    if (left_out) {
        spdlog::info(
            "{}: the chain goes on from {} without {}-{}, which were stored: they are "
            "fetched again",
            dataset_.chain, last->seq.value(), first, part.last().value());
    } else {
        spdlog::warn(
            "{}: {}-{} seem to have been deleted, but no endpoint shows a chain without "
            "them: they are left as they are",
            dataset_.chain, first, part.last().value());
    }
    return left_out;
}

}  // namespace indexer::pipeline
