#include "pipeline/mender.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/crew.hpp"
#include "base/error.hpp"
#include "pg/error.hpp"
#include "pipeline/range_planner.hpp"
#include "pipeline/single_block.hpp"
#include "pipeline/tail_proof.hpp"
#include "pipeline/write_worker.hpp"

namespace indexer::pipeline {
namespace {

// Blocks of a branch. Solana drops forks within a few dozen; a lie may reach further.
constexpr std::size_t kLongest = 1'024;

// Disputes in a row that came to nothing, after which the others are left for another time.
constexpr unsigned kMostInVain = 10;

base::SeqRange window(base::Seq seq) {
    auto const before = std::min(seq.value(), std::uint64_t{kLongest});
    return {base::Seq(seq.value() - before), base::Seq(seq.value() + kLongest)};
}

// What `ask` gives; nothing where it fails otherwise than by a stop.
template <class Ask>
auto unless_it_fails(Ask ask) -> decltype(ask()) {
    try {
        return ask();
    } catch (base::Error const& error) {
        if (error.fault() == base::Fault::stopped) throw;
        return std::nullopt;
    }
}

bool stays(base::SeqRange range, base::Error const& why) {
    spdlog::info("{}-{}: stay as they are: {}", range.begin.value(), range.last().value(),
                 why.what());
    return false;
}

bool says_the_same(Branch const& branch, std::vector<store::Noted> const& stored) {
    return std::equal(
        branch.blocks.begin(), branch.blocks.end(), stored.begin(), stored.end(),
        [](Claim const& one, auto const& other) { return same(one, claim_on(other)); });
}

}  // namespace

Mender::Mender(source::Source& source, store::Coverage& coverage, store::Writer& writer,
               config::Pipeline const& config, Persistence const& persist, base::Clock& clock,
               Tally& tally)
    : source_(source),
      coverage_(coverage),
      writer_(writer),
      config_(config),
      persist_(persist),
      clock_(clock),
      tally_(tally) {
}

std::vector<Replaced> Mender::mend(Ranges const& disputed, base::SeqRange reach,
                                   Standing const& standing, std::stop_token stop) {
    served_.clear();
    kept_bytes_ = 0;
    ask_for(disputed, stop);
    std::vector<Replaced> replaced;
    unsigned in_vain = 0;
    for (base::SeqRange const& part : disputed) {
        for (auto seq = part.begin; seq < part.end && in_vain < kMostInVain; seq = seq.next()) {
            if (!replaced.empty() && replaced.back().range.contains(seq)) continue;
            held_.clear();
            for (auto& one : persist_(stop, [&] { return coverage_.noted(window(seq), stop); })) {
                held_.insert_or_assign(one.link.seq, std::move(one));
            }
            if (is_in_place(seq)) continue;
            auto const done = mend_at(seq, reach, standing, stop);
            if (done) replaced.push_back(*done);
            in_vain = done ? 0 : in_vain + 1;
        }
    }
    return replaced;
}

// Of many at once: an endpoint that is not believed any more may have served thousands.
void Mender::ask_for(Ranges const& seqs, std::stop_token stop) {
    EachSeqPlanner each(seqs);
    base::Fate fate{stop};
    base::Crew crew(fate, config_.concurrency, [&] {
        while (auto const part = each.next(fate.ended())) {
            static_cast<void>(served(part->begin, fate.ended()));
        }
    });
    crew.join();
    fate.rethrow();
}

// Whether what is stored there is served just so, and linked to the stored block behind it.
bool Mender::is_in_place(base::Seq seq) const {
    auto const stored = held_.find(seq);
    auto const now = served_.find(seq);
    if (stored == held_.end() || now == served_.end()) return false;
    if (!same(now->second.claim, claim_on(stored->second))) return false;
    auto const behind = std::next(stored);
    bool const linked_behind = behind == held_.end() ||
                               behind->second.segment == stored->second.segment ||
                               behind->second.parent.seq > seq;
    bool const linked_before = stored == held_.begin() ||
                               std::prev(stored)->second.segment == stored->second.segment ||
                               stored->second.parent.seq > std::prev(stored)->first;
    return linked_behind && linked_before;
}

std::optional<Replaced> Mender::mend_at(base::Seq seq, base::SeqRange reach,
                                        Standing const& standing, std::stop_token stop) {
    auto const branch = branch_at(seq, reach, stop);
    if (!branch) return std::nullopt;
    auto const range = branch->range();
    if (range.empty()) return std::nullopt;
    auto const displaced = held_in(range);
    if (says_the_same(*branch, displaced) || !is_better(*branch, displaced, standing)) {
        return std::nullopt;
    }
    if (!put(*branch, stop)) return std::nullopt;
    if (!displaced.empty()) {
        spdlog::warn(
            "{}-{}: stored blocks ({}) did not link to what lies around them, or were refuted; "
            "blocks that do ({}) are in their place",
            range.begin.value(), range.last().value(), displaced.size(), branch->blocks.size());
    }
    return Replaced{.range = range, .before = displaced.size(), .now = branch->blocks.size()};
}

std::optional<Branch> Mender::branch_at(base::Seq seq, base::SeqRange reach, std::stop_token stop) {
    Branch branch;
    auto const top = find_top(seq, branch, stop);
    if (!top) return std::nullopt;
    if (!branch.above) branch.blocks.push_back(*top);
    if (!find_parents(branch, reach, std::move(stop))) return std::nullopt;
    std::reverse(branch.blocks.begin(), branch.blocks.end());
    return branch;
}

// The highest block that has to be replaced together with the one at `seq`, and the stored one
// above it, which names it as its parent.
std::optional<Claim> Mender::find_top(base::Seq seq, Branch& branch, std::stop_token stop) {
    auto top = served(seq, stop);
    auto const stored_there = held_.find(seq);
    if (top && stored_there != held_.end() && same(*top, claim_on(stored_there->second))) {
        branch.above = stored_there->second;
        return top;
    }
    auto above = held_.upper_bound(seq);
    if (!top && above != held_.end()) top = served(above->first, stop);
    while (top) {
        above = held_.upper_bound(top->link.seq);
        if (above == held_.end() || above->second.parent.seq > top->link.seq) return top;
        auto const stored = claim_on(above->second);
        auto const next = linked(*top, stored) ? stored : served(above->first, stop);
        if (next && same(*next, stored)) branch.above = above->second;
        if (branch.above) return top;
        top = next;
    }
    return std::nullopt;
}

// From the last block of the branch, or what its upper end names, down to a stored one. Blocks come
// in descending order.
bool Mender::find_parents(Branch& branch, base::SeqRange reach, std::stop_token stop) {
    auto const* upper = branch.blocks.empty() ? nullptr : &branch.blocks.back();
    auto last = upper != nullptr ? *upper : claim_on(*branch.above);
    while (branch.blocks.size() <= kLongest && last.parent.seq < last.link.seq) {
        if (store::skips_too_many(last.parent.seq, last.link.seq)) return false;
        branch.below = held(last.parent);
        if (branch.below && linked(claim_on(*branch.below), last)) return true;
        branch.below.reset();  // what is stored there may be as wrong as what it is to carry
        bool const is_first =
            last.parent.seq < reach.begin && held_in({last.parent.seq, last.link.seq}).empty();
        if (is_first) return !branch.blocks.empty() && is_confirmed(source_, last, stop);
        auto const parent = served(last.parent, stop);
        if (!parent || !linked(*parent, last)) return false;
        branch.blocks.push_back(*parent);
        last = *parent;
    }
    return false;
}

// The stored block, unless it is served otherwise by now.
std::optional<store::Noted> Mender::held(model::Link const& link) const {
    auto const stored = held_.find(link.seq);
    if (stored == held_.end() || stored->second.link != link) return std::nullopt;
    auto const now = served_.find(link.seq);
    bool const differs = now != served_.end() && !same(now->second.claim, claim_on(stored->second));
    if (differs && now->second.claim.link == link) return std::nullopt;
    return stored->second;
}

std::vector<store::Noted> Mender::held_in(base::SeqRange range) const {
    std::vector<store::Noted> all;
    auto const end = held_.lower_bound(range.end);
    for (auto at = held_.lower_bound(range.begin); at != end; ++at) all.push_back(at->second);
    return all;
}

std::optional<Claim> Mender::served(base::Seq seq, std::stop_token stop) {
    {
        std::lock_guard const lock(mutex_);
        auto const found = served_.find(seq);
        if (found != served_.end()) return found->second.claim;
    }
    auto block = unless_it_fails([&] { return fetch(seq, stop); });
    if (!block) return std::nullopt;
    return keep(*std::move(block));
}

// The block of that hash, whoever serves it.
std::optional<Claim> Mender::served(model::Link const& wanted, std::stop_token stop) {
    auto const claim = served(wanted.seq, stop);
    if (!claim || claim->link == wanted) return claim;
    auto other = fetch_from_any(wanted, std::move(stop));
    if (!other) return std::nullopt;
    return keep(*std::move(other));
}

std::optional<model::Block> Mender::fetch(base::Seq seq, std::stop_token stop) {
    return fetch_block(source_, seq, std::move(stop)).block;
}

std::optional<model::Block> Mender::fetch_from_any(model::Link const& wanted,
                                                   std::stop_token stop) {
    for (auto const& answer :
         source_.fetch_from_each(base::SeqRange::single(wanted.seq), std::move(stop))) {
        auto block = unless_it_fails([&] { return block_in(source_, answer, wanted.seq).block; });
        if (block && block->link == wanted) return block;
    }
    return std::nullopt;
}

Claim Mender::keep(model::Block block) {
    auto const claim = claim_of(block);
    auto const bytes = block.bytes();
    std::lock_guard const lock(mutex_);
    Served served{claim, std::nullopt};
    if (kept_bytes_ + bytes <= config_.group_bytes) {
        kept_bytes_ += bytes;
        served.block = std::move(block);
    }
    served_.insert_or_assign(claim.link.seq, std::move(served));
    return claim;
}

// With its rows. Throws Fault::endpoint when it is served no more.
model::Block Mender::whole(Claim const& claim, std::stop_token stop) {
    auto const& known = served_.at(claim.link.seq);
    if (known.block && same(known.claim, claim)) return *known.block;
    auto again = unless_it_fails([&] { return fetch(claim.link.seq, stop); });
    if (!again || !same(claim_of(*again), claim)) again = fetch_from_any(claim.link, stop);
    if (again && same(claim_of(*again), claim)) return *std::move(again);
    throw base::Error(base::Fault::endpoint, base::Recovery::never,
                      "a block was served once and then no more");
}

// What was proven to be empty before the first of what goes stays so by the first of the branch,
// whose parent was confirmed.
store::Replacement Mender::replacement_by(Branch const& branch) const {
    store::Replacement what{.gone = branch.range(), .joined = branch.joined()};
    if (branch.below && branch.blocks.empty()) {
        what.empty = what.gone;
        what.before = branch.below->link;
        what.height_before = branch.below->height;
    }
    auto const displaced = held_in(what.gone);
    if (branch.below || displaced.empty()) return what;
    Claim const& first = branch.blocks.front();
    what.empty = {std::max(displaced.front().segment, first.parent.seq.next()), first.link.seq};
    if (what.empty.end <= what.empty.begin) {
        what.empty = {};
        return what;
    }
    what.joined.begin = what.empty.begin;
    what.before = first.parent;
    what.height_before = first.height;
    if (what.height_before) --*what.height_before;
    return what;
}

// False when it came to nothing, and everything is as before.
bool Mender::put(Branch const& branch, std::stop_token stop) {
    auto const what = replacement_by(branch);
    auto const began = clock_.now();
    std::vector<model::Block> sent;
    auto const write = [&] {
        sent.clear();
        return writer_.replace(
            what,
            [&, at = branch.blocks.begin()]() mutable {
                std::vector<model::Block> group;
                if (at == branch.blocks.end()) return group;
                group.push_back(whole(*at++, stop));
                sent.push_back(group.front());
                sent.back().rows.clear();
                return group;
            },
            stop);
    };
    try {
        auto const written = persist_(stop, write);
        tally_.committed(sent, written, clock_.now() - began);
        return true;
    } catch (pg::Error const& error) {
        if (!is_refusal(error)) throw;
        return stays(what.gone, error);
    } catch (base::Error const& error) {
        if (error.fault() != base::Fault::endpoint) throw;
        return stays(what.gone, error);
    }
}

}  // namespace indexer::pipeline
