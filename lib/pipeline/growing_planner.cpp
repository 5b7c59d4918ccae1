#include "pipeline/growing_planner.hpp"

#include <algorithm>
#include <utility>

namespace indexer::pipeline {
namespace {

constexpr int kRecent = 10;  // parts that the mean goes by
constexpr int kTooLong = 2;  // times the mean

}  // namespace

void UsualTime::took(Duration time) noexcept {
    mean_ += (std::min(time, too_long()) - mean_) / kRecent;
}

UsualTime::Duration UsualTime::too_long() const noexcept {
    return std::max(least_, kTooLong * mean_);
}

GrowingPlanner::GrowingPlanner(Planner& inner, source::Source& source, base::Seq end,
                               base::Clock& clock, UsualTime& usual)
    : inner_(inner), source_(source), clock_(clock), usual_(usual), end_(end) {
}

std::optional<base::SeqRange> GrowingPlanner::next(std::stop_token stop) {
    begin_part();
    if (auto part = inner_.next(stop)) return part;
    return wait_for_more(std::move(stop));
}

// To ask the other planner is the beginning of the next part.
void GrowingPlanner::begin_part() {
    auto const now = clock_.now();
    std::lock_guard const lock(mutex_);
    auto const [mine, is_first] = out_.try_emplace(std::this_thread::get_id(), now);
    if (!is_first) usual_.took(now - mine->second);
    mine->second = now;
}

std::optional<base::SeqRange> GrowingPlanner::wait_for_more(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    out_.erase(std::this_thread::get_id());
    if (out_.empty() && more_.empty()) over_ = true;
    if (over_) changed_.notify_all();
    ++waiting_;
    changed_.wait(lock, std::move(stop), [this] { return over_ || !more_.empty(); });
    --waiting_;
    if (more_.empty()) return std::nullopt;
    auto const part = more_.front();
    more_.pop_front();
    out_[std::this_thread::get_id()] = clock_.now();
    return part;
}

bool GrowingPlanner::is_held_up() const {
    auto const now = clock_.now();
    std::lock_guard const lock(mutex_);
    if (over_ || waiting_ == 0 || !more_.empty()) return false;
    return std::any_of(out_.begin(), out_.end(),
                       [&](auto const& part) { return now - part.second >= usual_.too_long(); });
}

void GrowingPlanner::grow(base::Seq tip, std::stop_token stop) {
    auto const from = end();
    if (tip < from) return;
    auto const range = base::SeqRange::inclusive(from, tip);
    auto const parts = source_.parts(range, std::move(stop));
    std::lock_guard const lock(mutex_);
    if (over_) return;
    more_.insert(more_.end(), parts.begin(), parts.end());
    end_ = range.end;
    changed_.notify_all();
}

base::Seq GrowingPlanner::end() const {
    std::lock_guard const lock(mutex_);
    return end_;
}

}  // namespace indexer::pipeline
