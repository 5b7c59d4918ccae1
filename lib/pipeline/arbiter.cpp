#include "pipeline/arbiter.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/error.hpp"

namespace indexer::pipeline {
namespace {

// Two neighbours are fetched while a call of one of them is tried again, which takes a minute or
// two at most. A claim takes some 300 bytes.
constexpr std::size_t kRemembered = 10'000;

// In blocks. Solana drops forks within a few dozen.
constexpr std::uint64_t kLongerThanAFork = 100;

constexpr std::string_view kStored = "what is stored";

}  // namespace

Claim claim_of(model::Block const& block) {
    return {block.link, block.parent, block.height, block.endpoint};
}

bool same(Claim const& one, Claim const& other) {
    bool const heights_differ = one.height && other.height && one.height != other.height;
    return one.link == other.link && one.parent == other.parent && !heights_differ;
}

bool linked(Claim const& lower, Claim const& upper) {
    bool const known = lower.height && upper.height;
    return upper.parent == lower.link && (!known || *upper.height == *lower.height + 1);
}

bool contradict(Claim const& lower, Claim const& upper) {
    return upper.parent.seq <= lower.link.seq && !linked(lower, upper);
}

struct Arbiter::Testimony {
    std::optional<Claim> lower;
    std::optional<Claim> upper;

    [[nodiscard]] bool any() const { return lower || upper; }
    // Who contradicts itself is no witness.
    [[nodiscard]] bool counts() const { return !lower || !upper || !contradict(*lower, *upper); }
    [[nodiscard]] std::optional<Claim> const& at(Role role) const {
        return role == Role::lower ? lower : upper;
    }
    [[nodiscard]] bool denies(Claim const& claim, Role role) const {
        auto const& own = at(role);
        if (own && !same(*own, claim)) return true;
        if (role == Role::lower) return upper && contradict(claim, *upper);
        return lower && contradict(*lower, claim);
    }
    [[nodiscard]] bool confirms(Claim const& claim, Role role) const {
        if (denies(claim, role)) return false;
        if (at(role)) return true;
        return role == Role::lower ? upper && upper->parent == claim.link
                                   : lower && lower->link == claim.parent;
    }
};

Arbiter::Moment Arbiter::now() const {
    std::lock_guard const lock(mutex_);
    return quarantined_.size();
}

bool Arbiter::quarantined_since(std::string const& endpoint, Moment asked) const {
    std::lock_guard const lock(mutex_);
    return std::any_of(quarantined_.begin() + static_cast<std::ptrdiff_t>(asked),
                       quarantined_.end(),
                       [&](Quarantined const& one) { return one.endpoint == endpoint; });
}

bool Arbiter::believes(std::vector<model::Block> const& blocks, Moment asked,
                       std::stop_token stop) {
    if (!blocks.empty() && quarantined_since(blocks.front().endpoint, asked)) return false;
    return std::all_of(blocks.begin(), blocks.end(),
                       [&](model::Block const& block) { return is_believed(block, stop); });
}

bool Arbiter::is_believed(model::Block const& block, std::stop_token stop) {
    auto const claim = claim_of(block);
    note(claim);
    if (contradictions_of(claim).empty()) return true;
    std::lock_guard const trial(trial_);
    for (;;) {
        if (!knows(claim.link)) return false;
        auto const pairs = contradictions_of(claim);
        bool const settled = std::any_of(pairs.begin(), pairs.end(), [&](Pair const& pair) {
            return is_time_to_ask() && try_pair(pair, {}, stop);
        });
        if (!settled) return true;
    }
}

bool Arbiter::settle(std::vector<store::Neighbour> const& neighbours, Claim const& refused,
                     bool replaceable, std::stop_token stop) {
    std::lock_guard const trial(trial_);
    return std::any_of(neighbours.begin(), neighbours.end(), [&](store::Neighbour const& stored) {
        auto const rival = claim_on(stored);
        bool const below = rival.link.seq < refused.link.seq;
        Pair const pair = below ? Pair{rival, refused} : Pair{refused, rival};
        if (!contradict(pair.lower, pair.upper)) return false;
        auto const history = replaceable ? Testimony() : history_of(neighbours, pair);
        // Without it, what this run wrote was judged when it came.
        if (!replaceable && !history.any() && knows(rival.link)) return false;
        static_cast<void>(try_pair(pair, history, stop));
        return true;
    });
}

// Who served a stored block, if this run knows.
Claim Arbiter::claim_on(store::Neighbour const& stored) const {
    std::lock_guard const lock(mutex_);
    auto const found = claims_.find(stored.link.seq);
    bool const known = found != claims_.end() && found->second.link == stored.link;
    return known ? found->second : Claim{stored.link, stored.parent, stored.height, {}};
}

// What stored history says of two blocks: it holds one of them, or goes on with it.
Arbiter::Testimony Arbiter::history_of(std::vector<store::Neighbour> const& neighbours,
                                       Pair const& pair) const {
    Testimony history;
    for (store::Neighbour const& stored : neighbours) {
        if (!is_history(stored)) continue;
        if (stored.link == pair.lower.link || stored.link == pair.lower.parent) {
            history.lower = pair.lower;
        }
        if (stored.link == pair.upper.link || stored.parent == pair.upper.link) {
            history.upper = pair.upper;
        }
    }
    return history;
}

// A long stretch that links, unless one endpoint alone has served it in this run.
bool Arbiter::is_history(store::Neighbour const& stored) const {
    if (believes_stored_ && !knows(stored.link)) return true;
    std::lock_guard const lock(mutex_);
    std::set<std::string_view> endpoints;
    std::uint64_t fresh = 0;
    auto const end = claims_.lower_bound(stored.segment.end);
    for (auto at = claims_.lower_bound(stored.segment.begin); at != end; ++at) {
        endpoints.insert(at->second.endpoint);
        ++fresh;
    }
    if (endpoints.size() > 1) return stored.blocks >= kLongerThanAFork;
    return stored.blocks >= kLongerThanAFork + fresh;
}

void Arbiter::note(Claim const& claim) {
    std::lock_guard const lock(mutex_);
    claims_.insert_or_assign(claim.link.seq, claim);
    order_.push_back(claim.link.seq);
    if (order_.size() <= kRemembered) return;
    claims_.erase(order_.front());
    order_.pop_front();
}

bool Arbiter::knows(model::Link const& link) const {
    std::lock_guard const lock(mutex_);
    auto const found = claims_.find(link.seq);
    return found != claims_.end() && found->second.link == link;
}

std::vector<Arbiter::Pair> Arbiter::contradictions_of(Claim const& claim) const {
    std::lock_guard const lock(mutex_);
    std::vector<Pair> pairs;
    auto const below = claims_.lower_bound(claim.link.seq);
    if (below != claims_.begin() && contradict(std::prev(below)->second, claim)) {
        pairs.push_back({std::prev(below)->second, claim});
    }
    auto const above = claims_.upper_bound(claim.link.seq);
    if (above != claims_.end() && contradict(claim, above->second)) {
        pairs.push_back({claim, above->second});
    }
    return pairs;
}

// What cannot be settled is not asked for at each of thousands of blocks.
bool Arbiter::is_time_to_ask() {
    if (++disputes_ < next_trial_) return false;
    next_trial_ = 2 * disputes_;
    return true;
}

// False when nobody could be found wrong.
bool Arbiter::try_pair(Pair const& pair, Testimony const& history, std::stop_token stop) {
    auto said = ask_all(pair, std::move(stop));
    said.emplace(kStored, history);
    bool const lower = judge(pair, Role::lower, said);
    bool const upper = judge(pair, Role::upper, said);
    if (lower || upper) disputes_ = next_trial_ = 0;
    return lower || upper;
}

Arbiter::Testimonies Arbiter::ask_all(Pair const& pair, std::stop_token stop) {
    Testimonies said;
    auto const ask = [&](base::Seq seq, std::optional<Claim> Testimony::*place) {
        for (auto const& answer : source_.fetch_from_each(base::SeqRange::single(seq), stop)) {
            try {
                for (model::Block const& block : source_.decode(answer)) {
                    if (block.link.seq == seq) said[answer.endpoint].*place = claim_of(block);
                }
            } catch (base::Error const&) {
                continue;  // it tells nothing
            }
        }
    };
    ask(pair.lower.link.seq, &Testimony::lower);
    ask(pair.upper.link.seq, &Testimony::upper);
    return said;
}

// Who denies a claim and who confirms it.
struct Arbiter::Votes {
    std::vector<std::string> against;
    std::vector<std::string> in_favour;
    bool insists = false;  // who made the claim makes it again

    void count(Testimony const& testimony, std::string const& endpoint, Claim const& claim,
               Role role) {
        auto const& own = testimony.at(role);
        insists = insists || (endpoint == claim.endpoint && own && same(*own, claim));
        if (!testimony.counts()) return;
        if (testimony.denies(claim, role)) {
            against.push_back(endpoint);
        } else if (testimony.confirms(claim, role)) {
            in_favour.push_back(endpoint);
        }
    }
    // Who says nothing now stands by what it served. Nobody stands by what may be replaced.
    void count_silent(std::string const& endpoint, std::vector<std::string>& side) {
        if (endpoint.empty() || has(against, endpoint) || has(in_favour, endpoint)) return;
        side.push_back(endpoint);
    }
    static bool has(std::vector<std::string> const& side, std::string const& endpoint) {
        return std::find(side.begin(), side.end(), endpoint) != side.end();
    }
};

bool Arbiter::judge(Pair const& pair, Role suspect, Testimonies const& said) {
    auto const& claim = suspect == Role::lower ? pair.lower : pair.upper;
    auto const& rival = suspect == Role::lower ? pair.upper : pair.lower;
    Votes votes;
    for (auto const& [endpoint, testimony] : said) {
        votes.count(testimony, endpoint, claim, suspect);
    }
    if (claim.endpoint != rival.endpoint) {
        votes.count_silent(claim.endpoint, votes.in_favour);
        votes.count_silent(rival.endpoint, votes.against);
    }
    if (votes.against.size() <= votes.in_favour.size()) return false;
    if (votes.insists) return quarantine(claim, votes.against);
    disown(claim, votes.against.size() > votes.in_favour.size() + 1);
    return true;
}

void Arbiter::disown(Claim const& claim, bool refuted) {
    spdlog::info("{}: block {} is not what was served before; it is fetched again",
                 claim.endpoint.empty() ? kStored : claim.endpoint, claim.link.seq.value());
    std::lock_guard const lock(mutex_);
    disowned_ = united(disowned_, {base::SeqRange::single(claim.link.seq)});
    if (refuted) refuted_.insert_or_assign(claim.link.seq, claim);
    claims_.erase(claim.link.seq);
}

// False when there is nobody else to ask.
bool Arbiter::quarantine(Claim const& claim, std::vector<std::string> const& against) {
    if (!source_.quarantine(claim.endpoint)) return false;
    auto const reason =
        fmt::format("its block {} is {}, which {} contradict{}", claim.link.seq.value(),
                    claim.link.hash, fmt::join(against, " and "), against.size() == 1 ? "s" : "");
    spdlog::warn("{}: quarantined: {}", claim.endpoint, reason);
    std::lock_guard const lock(mutex_);
    quarantined_.push_back({claim.endpoint, reason});
    std::erase_if(claims_, [&](auto const& known) {
        bool const its = known.second.endpoint == claim.endpoint;
        if (!its) return false;
        disowned_ = united(disowned_, {base::SeqRange::single(known.first)});
        refuted_.insert_or_assign(known.first, known.second);
        return true;
    });
    return true;
}

void Arbiter::leave_alone(std::string const& endpoint, std::string const& reason) {
    if (!source_.quarantine(endpoint)) return;
    spdlog::warn("{}: quarantined: {}", endpoint, reason);
    std::lock_guard const lock(mutex_);
    quarantined_.push_back({endpoint, reason});
}

Ranges Arbiter::take_disowned() {
    std::lock_guard const lock(mutex_);
    return std::exchange(disowned_, {});
}

bool Arbiter::refuted(Claim const& claim) const {
    std::lock_guard const lock(mutex_);
    auto const found = refuted_.find(claim.link.seq);
    return found != refuted_.end() && same(found->second, claim);
}

std::vector<Quarantined> Arbiter::quarantined() const {
    std::lock_guard const lock(mutex_);
    return quarantined_;
}

}  // namespace indexer::pipeline
