#include "tests/support/lying_source.hpp"

#include <algorithm>
#include <numeric>
#include <sstream>

#include "base/error.hpp"

namespace indexer::test {
namespace {

std::string name_of(std::size_t endpoint) {
    return "endpoint" + std::to_string(endpoint);
}

std::string text_of(Told const& told) {
    std::ostringstream text;
    text << told.seq << ' ' << told.hash << ' ' << told.parent << ' ' << told.parent_hash << ' '
         << told.height;
    return std::move(text).str();
}

}  // namespace

Truth random_truth(std::mt19937_64& random, std::size_t blocks) {
    Truth truth;
    Told last{.seq = 99, .hash = "h99", .parent = 98, .parent_hash = "h98", .height = 70};
    while (truth.size() < blocks) {
        auto const seq = last.seq + 1 + (random() % 4 == 0 ? random() % 5 : 0);
        last = {.seq = seq,
                .hash = "h" + std::to_string(seq),
                .parent = last.seq,
                .parent_hash = last.hash,
                .height = last.height + 1};
        truth.emplace(seq, last);
    }
    return truth;
}

LyingSource::LyingSource(Truth const& truth, std::vector<Liar> endpoints, std::uint64_t seed)
    : truth_(truth), endpoints_(std::move(endpoints)), random_(seed) {
}

base::Seq LyingSource::tip(std::stop_token /*stop*/) {
    return base::Seq(truth_.rbegin()->first);
}

base::Seq LyingSource::first_available(std::stop_token /*stop*/) {
    return base::Seq(0);
}

// Those who may be asked, in the order in which they are.
std::vector<std::size_t> LyingSource::asked_in_order() {
    std::vector<std::size_t> order(endpoints_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t one) { return quarantined_.contains(one); });
    std::shuffle(order.begin(), order.end(), random_);
    return order;
}

std::vector<base::SeqRange> LyingSource::parts(base::SeqRange range, std::stop_token /*stop*/) {
    std::lock_guard const lock(mutex_);
    auto const& omitted = endpoints_[asked_in_order().front()].omitted;
    std::vector<base::SeqRange> parts;
    for (auto const& [seq, told] : truth_) {
        if (!range.contains(base::Seq(seq)) || omitted.contains(seq)) continue;
        parts.push_back(base::SeqRange::single(base::Seq(seq)));
    }
    return parts;
}

source::Fetched LyingSource::fetch(base::SeqRange part, std::stop_token /*stop*/) {
    std::lock_guard const lock(mutex_);
    auto const order = asked_in_order();
    for (std::size_t const endpoint : order) {
        auto text = answer_of(endpoint, part.begin.value());
        if (text.empty()) continue;
        return source::Answer{part, base::body_of(std::move(text)), name_of(endpoint)};
    }
    return source::Unavailable{part, "not here", name_of(order.back())};
}

std::vector<source::Answer> LyingSource::fetch_from_each(base::SeqRange part,
                                                         std::stop_token /*stop*/) {
    std::lock_guard const lock(mutex_);
    std::vector<source::Answer> answers;
    for (std::size_t const endpoint : asked_in_order()) {
        auto text = answer_of(endpoint, part.begin.value());
        if (text.empty()) continue;
        answers.push_back({part, base::body_of(std::move(text)), name_of(endpoint)});
    }
    return answers;
}

// Empty: the endpoint has none.
std::string LyingSource::answer_of(std::size_t endpoint, std::uint64_t seq) {
    auto& liar = endpoints_[endpoint];
    auto const found = liar.lies.find(seq);
    bool const lies = found != liar.lies.end() && (!liar.by_chance || random_() % 2 == 0);
    if (lies) {
        auto const lie = found->second;
        if (liar.only_once) liar.lies.erase(found);
        return lie_of(lie, seq);
    }
    auto const told = truth_.find(seq);
    return told == truth_.end() ? "" : text_of(told->second);
}

std::string LyingSource::lie_of(Lie lie, std::uint64_t seq) const {
    if (lie == Lie::says_skipped) return {};
    if (lie == Lie::undecodable) return truth_.contains(seq) ? "odd" : "";
    auto const above = truth_.lower_bound(seq);
    if (lie == Lie::phantom && above != truth_.begin() && !truth_.contains(seq)) {
        auto const& parent = std::prev(above)->second;
        return text_of(
            {seq, "p" + std::to_string(seq), parent.seq, parent.hash, parent.height + 1});
    }
    if (!truth_.contains(seq)) return {};
    auto told = truth_.at(seq);
    auto const number = std::to_string(seq);
    if (lie == Lie::far_parent) told.parent -= std::min<std::uint64_t>(told.parent, 1 + seq % 7);
    if (lie == Lie::far_parent && seq % 3 == 0) told.parent = 0;
    if (lie == Lie::parent_hash) told.parent_hash = "x" + number;
    if (lie == Lie::hash) told.hash = "x" + number;
    if (lie == Lie::height) told.height += seq % 2 == 0 ? 1 : -1;
    if (lie == Lie::fork) {
        told.hash = "f" + number;
        auto const parent = truth_.find(told.parent);
        bool const forks = parent != truth_.end() && seq % 4 != 0;
        if (forks) told.parent_hash = "f" + std::to_string(told.parent);
    }
    if (lie != Lie::hides) return text_of(told);
    auto ancestor = truth_.find(told.parent);
    for (std::uint64_t n = 0; n <= seq % 2 && ancestor != truth_.end(); ++n) {
        told.parent = ancestor->second.parent;
        told.parent_hash = ancestor->second.parent_hash;
        ancestor = truth_.find(told.parent);
    }
    return text_of(told);
}

std::vector<model::Block> LyingSource::decode(source::Answer const& answer) const {
    std::istringstream text(*answer.body);
    Told told{};
    if (!(text >> told.seq >> told.hash >> told.parent >> told.parent_hash >> told.height)) {
        throw base::Error(base::Fault::not_understood, base::Recovery::never, "odd block");
    }
    model::Block block;
    block.link = {base::Seq(told.seq), told.hash};
    block.parent = {base::Seq(told.parent), told.parent_hash};
    block.height = told.height;
    block.transactions = 1;
    std::vector<model::Block> blocks;
    blocks.push_back(std::move(block));
    return blocks;
}

bool LyingSource::quarantine(std::string const& endpoint) {
    std::lock_guard const lock(mutex_);
    if (quarantined_.size() + 1 >= endpoints_.size()) return false;
    for (std::size_t one = 0; one < endpoints_.size(); ++one) {
        if (name_of(one) == endpoint) quarantined_.insert(one);
    }
    return true;
}

}  // namespace indexer::test
