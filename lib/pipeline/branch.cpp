#include "pipeline/branch.hpp"

#include <algorithm>

namespace indexer::pipeline {
namespace {

bool holds(Branch const& branch, store::Noted const& stored) {
    return std::any_of(branch.blocks.begin(), branch.blocks.end(), [&](Claim const& block) {
        bool const heights_differ = block.height && stored.height && block.height != stored.height;
        return block.link == stored.link && !heights_differ;
    });
}

bool contains(Ranges const& ranges, base::Seq seq) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](base::SeqRange const& range) { return range.contains(seq); });
}

// Whether what is stored there is a proof: it links both ends, or what was proven to be empty
// before it would be so no more.
bool is_proof(Branch const& branch, std::vector<store::Noted> const& displaced) {
    if (!branch.above) return false;
    if (branch.below) return branch.below->segment == branch.above->segment;
    return !displaced.empty() && displaced.front().segment < displaced.front().link.seq &&
           displaced.front().segment == branch.above->segment &&
           branch.blocks.front().parent.seq >= displaced.front().segment;
}

// Whether it fits between its ends, or is long enough.
bool is_whole(Branch const& branch, std::vector<store::Noted> const& displaced) {
    auto const size = static_cast<std::int64_t>(branch.blocks.size());
    if (branch.below && branch.above && branch.below->height && branch.above->height) {
        return *branch.above->height - *branch.below->height - 1 == size;
    }
    if (branch.above) return size >= static_cast<std::int64_t>(displaced.size());
    return size > std::count_if(displaced.begin(), displaced.end(),
                                [&](store::Noted const& one) { return !holds(branch, one); });
}

}  // namespace

base::SeqRange Branch::range() const {
    return {below ? below->link.seq.next() : blocks.front().link.seq,
            above ? above->link.seq : blocks.back().link.seq.next()};
}

base::SeqRange Branch::joined() const {
    auto joined = range();
    if (below) joined.begin = below->link.seq;
    if (above) joined.end = above->link.seq.next();
    return joined;
}

Claim claim_on(store::Noted const& stored) {
    return {stored.link, stored.parent, stored.height, {}};
}

bool is_better(Branch const& branch, std::vector<store::Noted> const& displaced,
               Standing const& standing) {
    auto const all = [&](auto const& test) {
        return std::all_of(displaced.begin(), displaced.end(), test);
    };
    if (!displaced.empty() && !branch.blocks.empty() &&
        all([&](auto const& stored) { return standing.is_refuted(claim_on(stored)); })) {
        return true;
    }
    return !is_proof(branch, displaced) && all([&](store::Noted const& stored) {
        return standing.by_word || contains(standing.doubted, stored.link.seq) ||
               (branch.below && holds(branch, stored));
    }) && is_whole(branch, displaced);
}

}  // namespace indexer::pipeline
