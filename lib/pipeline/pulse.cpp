#include "pipeline/pulse.hpp"

#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

#include "base/error.hpp"

namespace indexer::pipeline {
namespace {

void add_gaps(observe::Vitals& vitals, base::SeqRange range,
              std::vector<base::SeqRange> const& gaps) {
    vitals.next = gaps.empty() ? range.end : gaps.front().begin;
    for (base::SeqRange const& gap : gaps) {
        vitals.missing += gap.size();
        if (gap.end < range.end) ++vitals.gaps;
    }
    vitals.proven = range.size() - vitals.missing;
}

}  // namespace

Pulse::Pulse(store::Coverage& coverage, observe::Health& health, Questions questions,
             base::Clock& clock, base::Clock::Duration interval)
    : coverage_(coverage),
      health_(health),
      questions_(std::move(questions)),
      ticker_(clock, interval, [this](std::stop_token stop) { take(std::move(stop)); }) {
}

void Pulse::take(std::stop_token stop) {
    health_.endpoints_usable(questions_.endpoints_usable());
    try {
        health_.database_answered(ask(questions_.range(), std::move(stop)));
    } catch (base::Error const& error) {
        if (error.fault() == base::Fault::stopped) return;
        spdlog::debug("pulse: {}", error.what());
        health_.database_failed();
    }
}

observe::Vitals Pulse::ask(base::SeqRange range, std::stop_token stop) {
    observe::Vitals vitals;
    add_gaps(vitals, range, coverage_.gaps(range, stop));
    for (store::HoleGroup const& group : coverage_.holes(stop)) {
        if (group.content == coverage_.dataset().content) vitals.holes += group.seqs;
    }
    vitals.dead_letters = coverage_.dead_letters(range, stop);
    return vitals;
}

}  // namespace indexer::pipeline
