#include "pipeline/reach.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <spdlog/spdlog.h>

#include "base/error.hpp"

namespace indexer::pipeline {
namespace {

// Where a block is to be found.
constexpr std::uint64_t kLookAhead = 500;

bool serves_first_of(source::Source& source, base::SeqRange range, std::stop_token stop) {
    try {
        auto const parts = source.parts(range, stop);
        auto const seq = parts.empty() ? range.begin : parts.front().begin;
        auto const fetched = source.fetch(base::SeqRange::single(seq), std::move(stop));
        return std::holds_alternative<source::Answer>(fetched);
    } catch (base::Error const& error) {
        if (error.fault() != base::Fault::endpoint) throw;
        spdlog::debug("{}", error.what());
        return false;
    }
}

}  // namespace

base::Seq first_within_reach(source::Source& source, base::Seq told, base::SeqRange wanted,
                             std::stop_token stop) {
    if (told <= wanted.begin) return wanted.begin;
    base::Seq const end(
        std::min({wanted.end.value(), told.value(), wanted.begin.value() + kLookAhead}));
    if (!serves_first_of(source, {wanted.begin, end}, std::move(stop))) return told;
    spdlog::info("{}: an endpoint tells {} as its first block, but serves {}", source.chain(),
                 told.value(), wanted.begin.value());
    return wanted.begin;
}

}  // namespace indexer::pipeline
