#include "pipeline/tail_proof.hpp"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include <spdlog/spdlog.h>

#include "base/error.hpp"
#include "pipeline/single_block.hpp"
#include "store/coverage.hpp"

namespace indexer::pipeline {
namespace {

// How far one listing looks ahead. Runs of skipped slots are mostly shorter than 10; where Solana's
// consensus was changed they are some thousands long, and take as many listings as that needs.
constexpr std::uint64_t kLookAhead = 500;
// Ten times as long as the longest run that is known. Who lists nothing there lists nothing at all,
// and up to the tip that may be a million listings.
constexpr std::uint64_t kFurthest = 50'000;

// Slots asked for, where nobody lists which of them have a block.
constexpr unsigned kMostAsked = 20;

std::optional<Claim> claim_in(source::Source& source, source::Answer const& answer, base::Seq seq) {
    try {
        for (model::Block& block : source.decode(answer)) {
            if (block.link.seq < seq) continue;
            block.endpoint = answer.endpoint;
            return claim_of(block);
        }
    } catch (base::Error const& error) {
        // It tells nothing: what it cannot prove stays missing.
        if (!is_of_the_answer(error)) throw;
    }
    return std::nullopt;
}

std::optional<Claim> first_in(source::Source& source, base::SeqRange part, std::stop_token stop) {
    auto const fetched = source.fetch(part, std::move(stop));
    auto const* const answer = std::get_if<source::Answer>(&fetched);
    return answer == nullptr ? std::nullopt : claim_in(source, *answer, part.begin);
}

// Of the first blocks in the range the first one that is served.
std::optional<Claim> first_served(source::Source& source, base::SeqRange range,
                                  std::stop_token stop) {
    unsigned asked = 0;
    auto const begin = range.begin;
    while (!range.empty()) {
        if (range.begin.value() - begin.value() >= kFurthest) {
            spdlog::warn("{}: no block is listed in the {} seqs from {} on: nobody looks further",
                         source.chain(), kFurthest, begin.value());
            return std::nullopt;
        }
        base::Seq const end(std::min(range.end.value(), range.begin.value() + kLookAhead));
        for (base::SeqRange const& part : source.parts({range.begin, end}, stop)) {
            if (asked++ == kMostAsked) return std::nullopt;
            auto claim = first_in(source, base::SeqRange::single(part.begin), stop);
            if (claim) return claim;
        }
        range.begin = end;
    }
    return std::nullopt;
}

// What each endpoint says of one block now; what the only one says where they cannot be told apart.
std::vector<Claim> said_of(source::Source& source, base::Seq seq, std::stop_token stop) {
    std::vector<Claim> said;
    auto const part = base::SeqRange::single(seq);
    for (auto const& answer : source.fetch_from_each(part, stop)) {
        if (auto claim = claim_in(source, answer, seq)) said.push_back(*std::move(claim));
    }
    if (!said.empty()) return said;
    if (auto claim = first_in(source, part, std::move(stop))) said.push_back(*std::move(claim));
    return said;
}

bool all_say(std::vector<Claim> const& said, Claim const& claim) {
    return std::all_of(said.begin(), said.end(),
                       [&](Claim const& one) { return same(one, claim); });
}

bool is_too_much_for_one(Claim const& claim) {
    return store::skips_too_many(claim.parent.seq, claim.link.seq);
}

}  // namespace

std::optional<Claim> first_block_behind(source::Source& source, base::Seq end, base::Seq tip,
                                        std::stop_token stop) {
    auto claim = first_served(source, base::SeqRange::inclusive(end, tip), stop);
    while (claim && claim->parent.seq >= end && !stop.stop_requested()) {
        claim = first_in(source, base::SeqRange::single(claim->parent.seq), stop);
    }
    return claim;
}

bool is_confirmed(source::Source& source, Claim const& upper, std::stop_token stop) {
    if (is_too_much_for_one(upper) && !is_witnessed(source, upper, stop)) return false;
    // What was asked for rests on the word of who answered, and so do the seqs that it was not in.
    if (!source.has_hashes()) return true;
    auto const parents = said_of(source, upper.parent.seq, stop);
    if (!parents.empty()) {
        return std::any_of(parents.begin(), parents.end(),
                           [&](Claim const& one) { return linked(one, upper); });
    }
    // A list that names one in between denies it, whatever is said when that is asked for.
    auto const between = base::SeqRange{upper.parent.seq.next(), upper.link.seq};
    if (!between.empty() && !source.parts(between, stop).empty() && source.lists_blocks()) {
        return false;
    }
    auto const said = said_of(source, upper.link.seq, std::move(stop));
    return !said.empty() && all_say(said, upper);
}

bool is_witnessed(source::Source& source, Claim const& claim, std::stop_token stop) {
    auto const said = said_of(source, claim.link.seq, std::move(stop));
    return said.size() > 1 && all_say(said, claim);
}

}  // namespace indexer::pipeline
