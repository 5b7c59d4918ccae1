#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "pg/pool.hpp"
#include "store/dataset.hpp"

namespace indexer::store {

// A run of stored blocks whose hashes link: nothing between first and last is missing.
struct Segment {
    std::string content;
    base::SeqRange seqs;
    model::Link left;   // the block before it
    model::Link right;  // its last block
    std::uint64_t blocks = 0;
    std::uint64_t skipped = 0;
    std::uint64_t transactions = 0;
};

// A seq that could not be had.
struct Hole {
    base::Seq seq;
    std::string reason;
    std::string endpoint;  // redacted
};

// Holes of one content that share a reason.
struct HoleGroup {
    std::string content;
    std::string reason;
    std::uint64_t seqs = 0;
    base::SeqRange span;
};

// What is proven and what is not, as the database knows it. Safe for concurrent use. Every member
// is one statement; throws pg::Error.
class Coverage {
  public:
    // `pool` must outlive this object.
    Coverage(pg::Pool& pool, Dataset dataset);

    [[nodiscard]] Dataset const& dataset() const noexcept { return dataset_; }

    // The parts of `range` that no segment covers, ascending.
    [[nodiscard]] std::vector<base::SeqRange> gaps(base::SeqRange range, std::stop_token stop);

    // The segments of every content of the chain, by content and seq.
    [[nodiscard]] std::vector<Segment> segments(std::stop_token stop);

    // Covers seqs that the block behind them proves to hold none; `before` is the parent it names.
    void add_absent(base::SeqRange seqs, model::Link const& before, std::stop_token stop);

    // Forgets the segments that lie wholly in `range`, for a run that proves them anew. One that
    // reaches beyond it stays, or what it proves outside would be lost.
    void forget(base::SeqRange range, std::stop_token stop);

    void record(std::span<Hole const> holes, std::stop_token stop);
    [[nodiscard]] std::vector<HoleGroup> holes(std::stop_token stop);

    // How many dead letters the chain has in `range`, of whatever content.
    [[nodiscard]] std::uint64_t dead_letters(base::SeqRange range, std::stop_token stop);

  private:
    pg::Pool& pool_;
    Dataset dataset_;
};

}  // namespace indexer::store
