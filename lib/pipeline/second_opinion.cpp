#include "pipeline/second_opinion.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/error.hpp"
#include "pipeline/single_block.hpp"

namespace indexer::pipeline {
namespace {

// A block that one endpoint has damaged is an accident; this many are not.
constexpr unsigned kTooOften = 3;

std::size_t letters_in(std::vector<model::Block> const& blocks) noexcept {
    std::size_t letters = 0;
    for (model::Block const& block : blocks) letters += block.dead_letters.size();
    return letters;
}

// What lies inside a transaction has a path of several parts.
bool is_of_a_whole(model::DeadLetter const& letter) noexcept {
    return letter.path.find('.') == std::string::npos;
}

std::string doubt_about(model::Block const& block) {
    for (model::DeadLetter const& letter : block.dead_letters) {
        if (is_of_a_whole(letter)) return fmt::format("{}: {}", letter.path, letter.error);
    }
    return {};
}

// A copy with fewer transactions than the other has sound ones is not the better one.
bool leaves_out(model::Block const& other, model::Block const& doubtful) noexcept {
    return other.link != doubtful.link || other.parent != doubtful.parent ||
           other.transactions + doubtful.dead_letters.size() < doubtful.transactions;
}

bool are_better(std::vector<model::Block> const& others, std::vector<model::Block> const& blocks) {
    return others.size() == blocks.size() && letters_in(others) < letters_in(blocks) &&
           std::equal(
               others.begin(), others.end(), blocks.begin(),
               [](auto const& other, auto const& block) { return !leaves_out(other, block); });
}

}  // namespace

bool is_doubtful(std::vector<model::Block> const& blocks) noexcept {
    return std::any_of(blocks.begin(), blocks.end(), [](model::Block const& block) {
        return std::any_of(block.dead_letters.begin(), block.dead_letters.end(), is_of_a_whole);
    });
}

std::vector<model::Block> SecondOpinion::on(base::SeqRange part, std::vector<model::Block> doubtful,
                                            std::stop_token stop) {
    if (!is_time_to_ask()) return doubtful;
    auto best = doubtful;
    for (auto const& answer : source_.fetch_from_each(part, std::move(stop))) {
        try {
            auto others = source_.decode(answer);
            for (model::Block& block : others) sign(block, answer);
            if (are_better(others, best)) best = std::move(others);
        } catch (base::Error const&) {
            continue;  // it tells nothing
        }
    }
    bool const helped = letters_in(best) < letters_in(doubtful);
    note(helped);
    if (helped) tell(doubtful.front(), best.front());
    return best;
}

bool SecondOpinion::is_time_to_ask() {
    std::lock_guard const lock(mutex_);
    return in_vain_++ >= next_;
}

void SecondOpinion::note(bool helped) {
    std::lock_guard const lock(mutex_);
    if (helped) in_vain_ = 0;
    next_ = 2 * in_vain_;
}

void SecondOpinion::tell(model::Block const& doubtful, model::Block const& better) {
    auto const seq = doubtful.link.seq.value();
    if (better.endpoint == doubtful.endpoint) return;
    auto const doubt = doubt_about(doubtful);
    spdlog::warn("{}: block {} is not as a node sends it ({}); taken from {}", doubtful.endpoint,
                 seq, doubt, better.endpoint);
    std::unique_lock lock(mutex_);
    if (++outdone_[doubtful.endpoint] < kTooOften) return;
    outdone_.erase(doubtful.endpoint);
    lock.unlock();
    arbiter_.leave_alone(doubtful.endpoint, fmt::format("of its block {}, {}, which {} has", seq,
                                                        doubt, better.endpoint));
}

}  // namespace indexer::pipeline
