#include "tests/support/fake_source.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "base/error.hpp"

namespace indexer::test {

FakeSource::FakeSource(std::vector<std::uint64_t> const& seqs, std::uint64_t before) {
    for (std::uint64_t const seq : seqs) {
        parents_[seq] = before;
        before = seq;
    }
}

base::Seq FakeSource::tip(std::stop_token /*stop*/) {
    if (told_tips.empty()) return base::Seq(parents_.rbegin()->first);
    base::Seq const told(told_tips.front());
    told_tips.pop_front();
    return told;
}

std::vector<base::Seq> FakeSource::tips(std::stop_token stop) {
    return each_tip.empty() ? std::vector{tip(std::move(stop))} : each_tip;
}

base::Seq FakeSource::first_available(std::stop_token /*stop*/) {
    return base::Seq(parents_.begin()->first);
}

unsigned FakeSource::listings() const {
    std::lock_guard const lock(mutex_);
    return listings_;
}

std::vector<base::SeqRange> FakeSource::parts(base::SeqRange range, std::stop_token /*stop*/) {
    {
        std::lock_guard const lock(mutex_);
        ++listings_;
    }
    std::vector<base::SeqRange> parts;
    for (; page > 1 && !range.empty(); range.begin = parts.back().end) {
        auto const size = std::min(page, range.size());
        parts.push_back({range.begin, base::Seq(range.begin.value() + size)});
    }
    for (auto const& [seq, parent] : parents_) {
        if (range.contains(base::Seq(seq)) && !omitted.contains(seq)) {
            parts.push_back(base::SeqRange::single(base::Seq(seq)));
        }
    }
    return parts;
}

source::Fetched FakeSource::fetch(base::SeqRange part, std::stop_token /*stop*/) {
    std::lock_guard const lock(mutex_);
    auto const seq = part.begin.value();
    asked_.push_back(seq);
    if (down) {
        throw base::Error(base::Fault::endpoint, base::Recovery::retry_elsewhere, "node is down");
    }
    auto answer = page_of(part);
    if (!answer.body->empty()) return answer;
    return source::Unavailable{.part = part, .reason = "not here", .endpoint = "fake"};
}

source::Answer FakeSource::page_of(base::SeqRange part) const {
    bool const listed = part.size() == 1;  // asked for by name
    source::Answer answer{
        .part = {part.begin, part.begin}, .body = base::body_of({}), .endpoint = "fake"};
    for (auto seq = part.begin; seq < part.end; seq = answer.part.end = seq.next()) {
        auto const lost =
            unavailable.contains(seq.value()) || (!listed && omitted.contains(seq.value()));
        if (lost) break;
        if (!parents_.contains(seq.value())) continue;
        *answer.body += (answer.body->empty() ? "" : " ") + std::to_string(seq.value());
    }
    return answer;
}

std::vector<model::Block> FakeSource::decode(source::Answer const& answer) const {
    std::vector<model::Block> blocks;
    std::istringstream seqs(*answer.body);
    for (std::uint64_t seq = 0; seqs >> seq;) {
        bool const whole = others.contains(answer.endpoint);
        if (!whole && undecodable.contains(seq)) {
            throw base::Error(base::Fault::not_understood, base::Recovery::never, "odd block");
        }
        if (!whole && lacking.contains(seq)) {
            throw base::Error(base::Fault::endpoint, base::Recovery::retry_elsewhere,
                              "not all of it");
        }
        blocks.push_back(block(seq));
    }
    return blocks;
}

std::vector<source::Answer> FakeSource::fetch_from_each(base::SeqRange part,
                                                        std::stop_token /*stop*/) {
    std::vector<source::Answer> answers;
    answers.push_back(page_of(part));
    for (std::string const& other : others) {
        answers.push_back(page_of(part));
        answers.back().endpoint = other;
    }
    return answers;
}

std::vector<std::uint64_t> FakeSource::asked() const {
    std::lock_guard const lock(mutex_);
    return asked_;
}

std::string FakeSource::hash_of(std::uint64_t seq) const {
    return hash_prefix + std::to_string(seq);
}

model::Block FakeSource::block(std::uint64_t seq) const {
    auto const parent = parents_.at(seq);
    model::Block block;
    block.link = {base::Seq(seq), hash_of(seq)};
    block.parent = {base::Seq(parent), hash_of(parent)};
    block.transactions = 1;
    return block;
}

}  // namespace indexer::test
