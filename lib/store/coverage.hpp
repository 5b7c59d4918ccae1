#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/doubts.hpp"
#include "base/seq.hpp"
#include "config/config.hpp"
#include "model/block.hpp"
#include "pg/pool.hpp"
#include "store/dataset.hpp"
#include "store/gaps.hpp"

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

// A stored block, the one before it, and the segment it lies in.
struct Neighbour {
    model::Link link;
    model::Link parent;
    std::optional<std::int64_t> height;
    base::SeqRange segment;
    std::uint64_t blocks = 0;  // in that
};

// A block that coverage holds, and where its segment begins.
struct Noted {
    model::Link link;
    model::Link parent;
    std::optional<std::int64_t> height;
    base::Seq segment;
};

// The longest run of seqs that one witness proves to hold no block, and behind which block it may
// be longer; as indexer.skips_too_many (sql/migrations/0013_linked_coverage.sql), which says why.
inline constexpr std::uint64_t kMostSkipped = 1'000;
inline constexpr base::Seq kBeforeManySkipped{459'652'999};

// Whether so many seqs without a block between a block and its parent need a second witness.
[[nodiscard]] constexpr bool skips_too_many(base::Seq parent, base::Seq seq) noexcept {
    return seq.value() > parent.value() + 1 + kMostSkipped && parent != kBeforeManySkipped;
}

// Why a seq is not there, as indexer.holes spells it.
namespace reason {
inline constexpr std::string_view kUnavailable = "unavailable";      // no endpoint could serve it
inline constexpr std::string_view kUndecodable = "undecodable";      // kept as a dead letter
inline constexpr std::string_view kRefused = "refused";              // the same, by the database
inline constexpr std::string_view kContradiction = "contradiction";  // with what is stored
inline constexpr std::string_view kDisagreement = "disagreement";    // of endpoints
}  // namespace reason

// A seq that could not be had.
struct Hole {
    base::Seq seq;
    std::string_view reason;  // one of the above
    std::string error;        // what was said
    std::string endpoint;     // whose answer it was, or who refused last; empty: nobody's
};

// Holes of one content that share a reason.
struct HoleGroup {
    std::string content;
    std::string reason;
    std::uint64_t seqs = 0;
    base::SeqRange span;
    std::string error;  // of the first
};

// What is proven and what is not, as the database knows it. Safe for concurrent use. Every member
// is one statement; throws pg::Error.
class Coverage {
  public:
    // `pool` must outlive this object. `repair` says when a hole is asked for again.
    Coverage(pg::Pool& pool, Dataset dataset, config::Repair repair = {});

    [[nodiscard]] Dataset const& dataset() const noexcept { return dataset_; }

    // The parts of `range` that no segment covers, ascending.
    [[nodiscard]] std::vector<base::SeqRange> gaps(base::SeqRange range, std::stop_token stop);

    // The same with what was said of them.
    [[nodiscard]] std::vector<Gap> explain(base::SeqRange range, std::stop_token stop);

    // By which blocks at or below `last` the chain is known again: the newest stored, of whatever
    // content, and a few older ones; the newest first.
    [[nodiscard]] std::vector<model::Link> compared_blocks(base::Seq last, std::stop_token stop);

    // The segments of every content of the chain, by content and seq.
    [[nodiscard]] std::vector<Segment> segments(std::stop_token stop);

    // How many blocks it holds in `range`.
    [[nodiscard]] std::uint64_t blocks(base::SeqRange range, std::stop_token stop);

    // The blocks it holds next to `seq`, at most one on each side.
    [[nodiscard]] std::vector<Neighbour> neighbours(base::Seq seq, std::stop_token stop);

    // Its blocks in `range`, ascending.
    [[nodiscard]] std::vector<Noted> noted(base::SeqRange range, std::stop_token stop);

    // Covers seqs that the block behind them proves to hold none; `before` is the parent it names,
    // at that height. Requires: that was checked, or it is stored. SQLSTATE
    // Writer::kContradiction: what is stored says otherwise.
    void add_absent(base::SeqRange seqs, model::Link const& before,
                    std::optional<std::int64_t> height, std::stop_token stop);

    // Makes coverage of `range` what the stored blocks prove. It is that already, unless an older
    // program or another one wrote it. The seqs of blocks that became holes.
    std::vector<base::Seq> cut_where_broken(base::SeqRange range, std::stop_token stop);

    void record(std::span<Hole const> holes, std::stop_token stop);
    [[nodiscard]] std::vector<HoleGroup> holes(std::stop_token stop);

    // Whom to ask last for what of `range`, by its holes.
    [[nodiscard]] base::Doubts doubts(base::SeqRange range, std::stop_token stop);

    // How many dead letters there are in `range`; of every content when the dataset names none.
    [[nodiscard]] std::uint64_t dead_letters(base::SeqRange range, std::stop_token stop);

  private:
    pg::Pool& pool_;
    Dataset dataset_;
    config::Repair repair_;
};

}  // namespace indexer::store
