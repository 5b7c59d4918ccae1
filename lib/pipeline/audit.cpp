#include "pipeline/audit.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>
#include <random>
#include <set>
#include <span>
#include <variant>

#include "base/crew.hpp"

namespace indexer::pipeline {

AuditReport Audit::run(std::vector<base::Seq> const& seqs, std::stop_token stop) {
    AuditReport report;
    report.sampled = seqs.size();
    base::Fate fate{stop};
    std::atomic<std::size_t> next = 0;
    base::Crew crew(fate, concurrency_, [&] {
        auto const ended = fate.ended();
        for (auto at = next++; at < seqs.size() && !ended.stop_requested(); at = next++) {
            compare(seqs[at], report, ended);
        }
    });
    crew.join();
    report.stopped = stop.stop_requested();
    if (!report.stopped) fate.rethrow();
    std::sort(report.differences.begin(), report.differences.end(),
              [](auto const& a, auto const& b) { return a.seq < b.seq; });
    return report;
}

void Audit::compare(base::Seq seq, AuditReport& report, std::stop_token stop) {
    auto const fetched = source_.fetch(base::SeqRange::single(seq), stop);
    auto const* const answer = std::get_if<source::Answer>(&fetched);
    std::vector<store::Difference> differences;
    if (answer != nullptr) {
        auto const blocks = source_.decode(*answer);
        differences = writer_.compare(blocks, stop);
    }
    std::lock_guard const lock(mutex_);
    ++(answer == nullptr ? report.unavailable : report.compared);
    std::move(differences.begin(), differences.end(), std::back_inserter(report.differences));
}

std::vector<base::Seq> sample(std::vector<store::Segment> const& segments, base::SeqRange range,
                              double share, std::uint64_t seed) {
    Ranges covered;
    for (store::Segment const& segment : segments) covered.push_back(segment.seqs);
    covered = common(covered, {range});
    auto const all = seqs_in(covered);
    auto const wanted = static_cast<std::uint64_t>(std::ceil(static_cast<double>(all) * share));
    std::mt19937_64 engine(seed);
    std::set<std::uint64_t> places;
    while (places.size() < std::min(wanted, all)) places.insert(engine() % all);
    std::vector<base::Seq> seqs;
    std::uint64_t before = 0;
    auto place = places.begin();
    for (base::SeqRange const& part : covered) {
        for (; place != places.end() && *place < before + part.size(); ++place) {
            seqs.emplace_back(part.begin.value() + *place - before);
        }
        before += part.size();
    }
    return seqs;
}

}  // namespace indexer::pipeline
