#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/seq.hpp"
#include "pipeline/arbiter.hpp"
#include "pipeline/ranges.hpp"
#include "store/coverage.hpp"

namespace indexer::pipeline {

// A part of the chain as endpoints serve it now, between two stored blocks that it links to.
//
//   stored:   ── below ── x ── y ──      ── above ──      x, y: displaced
//   served:        └── a ── b ── c ────────┘              a, b, c: the branch
struct Branch {
    std::vector<Claim> blocks;          // ascending, each the parent of the next
    std::optional<store::Noted> below;  // the parent of the first; none where nothing is stored
    std::optional<store::Noted> above;  // names the last as its parent; none at the end of what is

    // What would be put in another's place. Requires: it has a block, or both ends.
    [[nodiscard]] base::SeqRange range() const;
    // The same with the stored blocks on both sides.
    [[nodiscard]] base::SeqRange joined() const;
};

[[nodiscard]] Claim claim_on(store::Noted const& stored);

// What is known of stored blocks besides their links.
struct Standing {
    Ranges doubted;                                // seqs whose blocks this run came to doubt
    std::function<bool(Claim const&)> is_refuted;  // by more witnesses than are for it
    bool by_word = false;  // the user asks for what the endpoints serve to be believed
};

// Whether a branch is better proven than the stored blocks in its place, so that it may replace
// them:
//
//   - every one of them was refuted by more witnesses than are for it; or
//   - what is stored there is no proof (it does not link both ends), the branch is one, and
//   - each of them may be replaced: it was doubted, or the branch holds it with another parent,
//   which
//     is stored, or the user asks for that, and
//   - the branch holds as many blocks as the heights of both ends leave room for, or, where they
//     are not known, no fewer than it displaces; more of them where it has no end above.
[[nodiscard]] bool is_better(Branch const& branch, std::vector<store::Noted> const& displaced,
                             Standing const& standing);

}  // namespace indexer::pipeline
