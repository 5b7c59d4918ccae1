#include "tests/simulator/server/stats.hpp"

#include <algorithm>

#include "base/json_writer.hpp"

namespace indexer::simulator {
namespace {

template <class Counts>
void write(base::JsonWriter& json, char const* name, Counts const& counts) {
    json.key(name).begin_object();
    for (auto const& [what, count] : counts) json.member(what, count);
    json.end_object();
}

}  // namespace

void Stats::Level::rise() noexcept {
    ++total;
    peak = std::max(peak, ++now);
}

void Stats::connection_opened() {
    std::lock_guard const lock(mutex_);
    connections_.rise();
}

void Stats::connection_closed() {
    std::lock_guard const lock(mutex_);
    --connections_.now;
}

void Stats::call_began(Call const& call, Orders const& orders) {
    std::lock_guard const lock(mutex_);
    calls_.rise();
    ++methods_[call.method];
    for (std::string_view const fault : orders.faults) ++faults_[std::string(fault)];
    if (call.method == "getBlock") ++blocks_[call.slot().value_or(0)];
}

void Stats::call_ended(Answer const& answer) {
    std::lock_guard const lock(mutex_);
    --calls_.now;
    ++answers_[answer.code == 0 ? "result" : std::to_string(answer.code)];
}

void Stats::limited() {
    std::lock_guard const lock(mutex_);
    ++limited_;
}

void Stats::replied(std::size_t bytes) {
    std::lock_guard const lock(mutex_);
    ++replies_;
    bytes_ += bytes;
}

std::string Stats::json() const {
    std::lock_guard const lock(mutex_);
    std::uint64_t most = 0;
    for (auto const& [slot, calls] : blocks_) most = std::max(most, calls);
    base::JsonWriter json;
    json.begin_object();
    json.member("connections", connections_.total).member("connections_now", connections_.now);
    json.member("connections_peak", connections_.peak).member("calls", calls_.total);
    json.member("calls_peak", calls_.peak).member("limited", limited_);
    json.member("replies", replies_).member("bytes", bytes_);
    json.member("blocks_asked_for", std::uint64_t{blocks_.size()});
    json.member("most_calls_for_a_block", most);
    write(json, "methods", methods_);
    write(json, "answers", answers_);
    write(json, "faults", faults_);
    json.end_object();
    return std::move(json).text();
}

}  // namespace indexer::simulator
