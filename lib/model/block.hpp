#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/seq.hpp"
#include "model/row_batch.hpp"

namespace indexer::model {

// A block named by where it is and by what it holds: two links agree when both members do.
struct Link {
    base::Seq seq;
    std::string hash;

    friend bool operator==(Link const&, Link const&) = default;
};

// Something inside a block that could not be decoded, kept whole.
struct DeadLetter {
    base::Seq seq;
    std::string path;   // where in the block, in the chain's words; empty: the whole block
    std::string stage;  // "decode" or "store"
    std::string error;
    std::string raw;         // the bytes as they came
    std::string endpoint{};  // who sent them, redacted; empty where that is not known
};

// What one seq holds, decoded to rows. `parent` is the block before it on the chain: every seq
// between the two is thereby proven to hold none.
struct Block {
    Link link;
    Link parent;
    std::optional<std::int64_t> height{};  // one more than the parent's, where the chain tells it
    std::uint64_t transactions = 0;        // in the block, whether written as rows or not
    std::vector<RowBatch> rows;            // at most one batch a table
    std::vector<DeadLetter> dead_letters;
    std::string endpoint{};  // who served it, redacted
    unsigned witnesses = 1;  // endpoints that serve it alike, as far as they were asked

    // Memory held by the rows, in bytes; what the write queue counts.
    [[nodiscard]] std::size_t bytes() const noexcept;
};

}  // namespace indexer::model
