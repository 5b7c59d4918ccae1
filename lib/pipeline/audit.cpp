#include "pipeline/audit.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>
#include <random>
#include <set>
#include <utility>
#include <variant>

#include "base/crew.hpp"
#include "base/error.hpp"

namespace indexer::pipeline {

AuditReport Audit::run(std::vector<base::Seq> const& seqs, std::stop_token stop) {
    AuditReport report;
    report.sampled = seqs.size();
    base::Fate fate{stop};
    std::atomic<std::size_t> next = 0;
    base::Crew crew(fate, concurrency_, [&] {
        auto const ended = fate.ended();
        for (auto at = next++; at < seqs.size() && !ended.stop_requested(); at = next++) {
            memory_.run([&] { compare(seqs[at], report, ended); }, ended);
        }
    });
    crew.join();
    report.stopped = stop.stop_requested();
    if (!report.stopped) fate.rethrow();
    std::stable_sort(report.differences.begin(), report.differences.end(),
                     [](auto const& a, auto const& b) { return a.seq < b.seq; });
    return report;
}

void Audit::compare(base::Seq seq, AuditReport& report, std::stop_token stop) {
    auto const fetched = source_.fetch(base::SeqRange::single(seq), stop);
    auto const* const answer = std::get_if<source::Answer>(&fetched);
    if (answer == nullptr) return note_missing(seq, report, stop);
    auto compared = differences_of(*answer, stop);
    if (!compared) return note_missing(seq, report, stop);
    auto& differences = *compared;
    auto const recount = source_.recount(answer->part, stop);
    if (recount) {
        auto const told = persist_(stop, [&] {
            return writer_.compare(recount->compare, recount->part, recount->rows, stop);
        });
        differences.insert(differences.end(), told.begin(), told.end());
    }
    std::lock_guard const lock(mutex_);
    ++report.compared;
    report.recounted += recount ? 1 : 0;
    std::move(differences.begin(), differences.end(), std::back_inserter(report.differences));
}

// Nothing when the answer does not tell enough of the block to be compared.
std::optional<std::vector<store::Difference>> Audit::differences_of(source::Answer const& answer,
                                                                    std::stop_token stop) {
    try {
        auto const blocks = source_.decode(answer);
        return persist_(stop, [&] { return writer_.compare(blocks, stop); });
    } catch (base::Error const& error) {
        if (error.fault() == base::Fault::endpoint) return std::nullopt;
        if (error.fault() != base::Fault::not_understood) throw;
        return std::vector{store::Difference{answer.part.begin, error.what()}};
    }
}

void Audit::note_missing(base::Seq seq, AuditReport& report, std::stop_token stop) {
    bool const stored =
        persist_(stop, [&] { return coverage_.blocks(base::SeqRange::single(seq), stop) > 0; });
    std::lock_guard const lock(mutex_);
    ++(stored ? report.unavailable : report.absent);
}

Ranges covered(std::vector<store::Segment> const& segments, base::SeqRange range) {
    Ranges all;
    for (store::Segment const& segment : segments) all.push_back(segment.seqs);
    return common(all, {range});
}

std::vector<base::Seq> sample(Ranges const& ranges, double share, std::uint64_t seed) {
    auto const all = seqs_in(ranges);
    auto const wanted = static_cast<std::uint64_t>(std::ceil(static_cast<double>(all) * share));
    std::mt19937_64 engine(seed);
    std::set<std::uint64_t> places;
    while (places.size() < std::min(wanted, all)) places.insert(engine() % all);
    std::vector<base::Seq> seqs;
    std::uint64_t before = 0;
    auto place = places.begin();
    for (base::SeqRange const& part : ranges) {
        for (; place != places.end() && *place < before + part.size(); ++place) {
            seqs.emplace_back(part.begin.value() + *place - before);
        }
        before += part.size();
    }
    return seqs;
}

}  // namespace indexer::pipeline
