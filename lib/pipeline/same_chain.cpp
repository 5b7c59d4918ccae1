#include "pipeline/same_chain.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"

namespace indexer::pipeline {
namespace {

// What an endpoint serves at a seq.
struct Served {
    std::string endpoint;
    std::string hash;
};

std::optional<std::string> hash_in(source::Source const& source, source::Answer const& answer,
                                   base::Seq seq) {
    try {
        for (model::Block const& block : source.decode(answer)) {
            if (block.link.seq == seq) return block.link.hash;
        }
    } catch (base::Error const&) {  // it tells nothing
    }
    return std::nullopt;
}

std::vector<source::Answer> answers_at(source::Source& source, base::Seq seq,
                                       std::stop_token stop) {
    auto const part = base::SeqRange::single(seq);
    auto answers = source.fetch_from_each(part, stop);
    if (!answers.empty()) return answers;
    // A source that asks no endpoints, such as a data lake.
    try {
        auto fetched = source.fetch(part, std::move(stop));
        if (auto* const answer = std::get_if<source::Answer>(&fetched)) {
            answers.push_back(std::move(*answer));
        }
    } catch (base::Error const& error) {
        if (error.fault() == base::Fault::stopped) throw;
    }
    return answers;
}

std::vector<Served> served_at(source::Source& source, base::Seq seq, std::stop_token stop) {
    std::vector<Served> served;
    for (source::Answer const& answer : answers_at(source, seq, std::move(stop))) {
        auto hash = hash_in(source, answer, seq);
        if (hash) served.push_back({answer.endpoint, std::move(*hash)});
    }
    return served;
}

bool any_serves(std::vector<Served> const& served, std::string const& hash) {
    return std::any_of(served.begin(), served.end(),
                       [&](Served const& one) { return one.hash == hash; });
}

void quarantine_others(Backfill& run, std::vector<Served> const& served,
                       model::Link const& stored) {
    for (Served const& one : served) {
        if (one.hash == stored.hash) continue;
        run.leave_alone(one.endpoint, fmt::format("its block {} is {}, but the one stored is {}",
                                                  stored.seq.value(), one.hash, stored.hash));
    }
}

base::Error another_chain(source::Source const& source, Served const& served,
                          model::Link const& stored) {
    return {
        base::Fault::not_understood, base::Recovery::never,
        fmt::format("{}: {} serves another chain of the same name: its block {} is {}, but the "
                    "one stored is {}; nothing was written",
                    source.chain(), served.endpoint, stored.seq.value(), served.hash, stored.hash),
        "name an endpoint of the stored chain, or copy the new one into a database of its own"};
}

}  // namespace

void require_same_chain(source::Source& source, store::Coverage& coverage, Backfill& run,
                        base::Seq tip, std::stop_token stop) {
    if (!source.has_hashes()) return;
    auto const settled = tip.value() - std::min(tip.value(), source.replaceable());
    auto const known =
        run.persistence()(stop, [&] { return coverage.compared_blocks(base::Seq(settled), stop); });
    std::optional<base::Error> found;
    for (model::Link const& stored : known) {
        auto const served = served_at(source, stored.seq, stop);
        if (any_serves(served, stored.hash)) return quarantine_others(run, served, stored);
        if (!served.empty() && !found) found = another_chain(source, served.front(), stored);
    }
    if (found) throw *found;
}

}  // namespace indexer::pipeline
