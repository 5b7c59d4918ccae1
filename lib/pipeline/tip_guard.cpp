#include "pipeline/tip_guard.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/error.hpp"

namespace indexer::pipeline {
namespace {

// Solana has a slot every 200 ms and Stellar a ledger every 5 s (November 2026). Twenty times the
// faster one leaves room for shorter slots and for a node that catches up.
constexpr double kMostSeqsASecond = 100;

// Nodes behind one URL are not at one slot: what they differ by needs no time. Some minutes of
// Solana.
constexpr std::uint64_t kApart = 1'000;

// So many lower answers in a row: the highest one was not of this chain.
constexpr unsigned kMostLower = 20;

// The longest run of skipped slots but one is far shorter; the one at Solana's change to Alpenglow
// lies behind slot 459,652,999, below any tip of today.
constexpr std::uint64_t kNearTheTip = 500;

constexpr unsigned kMostQuestions = 3;
constexpr std::chrono::milliseconds kUntilAskedAgain{500};

}  // namespace

base::Seq TipGuard::ask(base::Clock::TimePoint now, std::stop_token stop) {
    auto const told = source_.tip(stop);
    auto const possible = highest_possible(now);
    if (told <= possible || two_tell_of(told, std::move(stop))) return believe(told, now);
    return doubt(told, possible);
}

base::Seq TipGuard::highest_possible(base::Clock::TimePoint now) const {
    if (!highest_) return base::kEverySeq.last();
    auto const seconds = std::chrono::duration<double>(now - highest_->at).count();
    return base::Seq(highest_->tip.value() + kApart +
                     static_cast<std::uint64_t>(seconds * kMostSeqsASecond));
}

bool TipGuard::two_tell_of(base::Seq tip, std::stop_token stop) {
    auto const tips = source_.tips(std::move(stop));
    return std::count_if(tips.begin(), tips.end(), [&](base::Seq other) {
               return other.value() + kApart >= tip.value();
           }) >= 2;
}

base::Seq TipGuard::believe(base::Seq told, base::Clock::TimePoint now) {
    told_ = false;
    lower_in_a_row_ = highest_ && told < highest_->tip ? lower_in_a_row_ + 1 : 0;
    if (lower_in_a_row_ > kMostLower) highest_.reset();
    if (!highest_ || told > highest_->tip) highest_ = {told, now};
    return told;
}

base::Seq TipGuard::doubt(base::Seq told, base::Seq possible) {
    if (!std::exchange(told_, true)) {
        spdlog::warn(
            "{}: the tip told is {}, more than time allows after {}: it is taken for {} until "
            "another endpoint tells of it",
            source_.chain(), told.value(), highest_->tip.value(), possible.value());
    }
    return possible;
}

base::Seq tip_with_blocks(source::Source& source, base::Clock& clock, std::stop_token stop) {
    for (unsigned question = 1;; ++question) {
        auto const tip = source.tip(stop);
        base::Seq const from(tip.value() - std::min(tip.value(), kNearTheTip));
        if (!source.parts(base::SeqRange::inclusive(from, tip), stop).empty()) return tip;
        if (question == kMostQuestions) {
            throw base::Error(
                base::Fault::endpoint, base::Recovery::never,
                fmt::format("{}: the tip told is {}, but no block is listed from {} on",
                            source.chain(), tip.value(), from.value()),
                "name another endpoint, or say where the range ends");
        }
        if (!clock.sleep_for(kUntilAskedAgain, stop)) throw base::stopped("tip");
    }
}

}  // namespace indexer::pipeline
