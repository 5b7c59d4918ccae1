#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/seq.hpp"
#include "pg/connection.hpp"
#include "pg/pool.hpp"

namespace indexer::store {

struct TableSize {
    std::string table;  // without its schema
    std::uint64_t rows = 0;
    bool estimated = false;  // too large to count in passing: the planner's estimate
};

// The tables of a schema, by name. Empty when the schema does not exist.
[[nodiscard]] std::vector<TableSize> table_sizes(pg::Pool& pool, std::string const& schema,
                                                 std::stop_token stop);

// Blocks of a content whose rows one version of the decoder made.
struct VersionCount {
    std::string content;
    int decoder_version = 0;
    std::uint64_t blocks = 0;
};

// Of every content of a chain, by content and version.
[[nodiscard]] std::vector<VersionCount> version_counts(pg::Pool& pool, std::string const& chain,
                                                       std::stop_token stop);

// Something that is to be said of a history beside its proof: "not recorded: logs of 7
// transactions".
struct Note {
    std::string title;
    std::string what;
    std::uint64_t count = 0;
    std::string of;  // what is counted, in the singular
};

// The rows of a statement of the chain's, whose parameters are the seqs [$1, $2).
[[nodiscard]] std::vector<Note> notes(pg::Connection& session, std::string_view statement,
                                      base::SeqRange seqs, std::stop_token stop);

}  // namespace indexer::store
