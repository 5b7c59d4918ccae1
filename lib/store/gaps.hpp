#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "pg/pool.hpp"
#include "pg/result.hpp"
#include "store/dataset.hpp"

namespace indexer::store {

// How far one content of a chain reaches, from the first seq covered or tried to the last.
struct Extent {
    std::string content;
    base::SeqRange seqs;
};

// Holes in a gap that share a reason.
struct Cause {
    std::string reason;
    std::uint64_t seqs = 0;
    std::uint64_t attempts = 0;  // of the seq that was tried most
    std::string next_try_at;     // of the seq that is due first; ISO 8601, UTC
    std::string error;           // of the first seq
    std::string endpoint;        // that gave it
};

// A part of a range that is not proven.
struct Gap {
    base::SeqRange seqs;
    std::vector<Cause> causes;  // none where nothing was tried yet
};

// Seqs that are not asked for, because their next attempt is not due.
struct Waiting {
    std::uint64_t seqs = 0;
    std::string next_try_at;  // of the one that is due first; ISO 8601, UTC
};

// Stored seqs whose blocks the chain may have given up, and the parent that the first names.
struct AbandonedPart {
    base::SeqRange seqs;
    model::Link parent;
};

// Each is one statement; throws pg::Error.

// By a statement of the chain's, whose parameter is the content.
[[nodiscard]] std::vector<AbandonedPart> abandoned(pg::Pool& pool, std::string_view statement,
                                                   Dataset const& dataset, std::stop_token stop);

[[nodiscard]] std::vector<Extent> extents(pg::Connection& connection, std::string const& chain,
                                          std::stop_token stop);

[[nodiscard]] std::vector<Gap> explain_gaps(pg::Pool& pool, Dataset const& dataset,
                                            base::SeqRange range, std::stop_token stop);

// Of a statement such as sql::store::explain_gaps: the ends of a gap, and one of its causes, a row.
[[nodiscard]] std::vector<Gap> gaps_in(pg::Result const& rows);

// The gaps of `range` without the holes whose next attempt is not due.
[[nodiscard]] std::vector<base::SeqRange> due_gaps(pg::Pool& pool, Dataset const& dataset,
                                                   base::SeqRange range, std::stop_token stop);

// When the first of the holes that due_gaps() leaves out is due; ISO 8601, UTC.
[[nodiscard]] std::string next_try_at(pg::Pool& pool, Dataset const& dataset, base::SeqRange range,
                                      std::stop_token stop);

// Seqs of `range` whose blocks contradict what is stored, ascending.
[[nodiscard]] std::vector<base::Seq> contradictions(pg::Pool& pool, Dataset const& dataset,
                                                    base::SeqRange range, std::stop_token stop);

// Whether rows of other contents lie in `range`.
[[nodiscard]] bool has_other_contents(pg::Pool& pool, Dataset const& dataset, base::SeqRange range,
                                      std::stop_token stop);

}  // namespace indexer::store
