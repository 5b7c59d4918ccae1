#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "pg/pipeline.hpp"
#include "pg/pool.hpp"
#include "store/block_records.hpp"
#include "store/coverage.hpp"
#include "store/dataset.hpp"

namespace indexer::store {

// What one commit group did. By table name.
struct Written {
    std::map<std::string_view, std::uint64_t> rows;     // sent
    std::map<std::string_view, std::uint64_t> changed;  // new or different, so really written
    std::vector<std::size_t> batches;                   // rows of each
};

// What a block says otherwise than what was noted when it was written.
struct Difference {
    base::Seq seq;
    std::string what;
};

// What is to be put in the place of something stored.
struct Replacement {
    base::SeqRange gone;     // what is stored of it goes
    base::SeqRange joined;   // covered by one segment afterwards: from the block before it to the
                             // one behind it, where those are stored
    base::SeqRange empty{};  // what holds no block, by the one behind it: all of it, what lies
                             // before its first block, or nothing
    model::Link before{};    // the block before that
    std::optional<std::int64_t> height_before{};
};

// Writes groups of blocks, each group one transaction of one round trip: chunked upserts of every
// table, dead letters, and coverage last. Afterwards either all of it is in the database or none.
// Safe for concurrent use.
class Writer {
  public:
    enum class Mode {
        fill,     // where nothing is expected: upserted only once something was there
        add,      // beside what is there
        replace,  // rows that the content had of the seqs that a group proves, and has no more, go
    };

    // `pool` must outlive this object. `batch_size` is the most rows a statement may carry (>= 1).
    Writer(pg::Pool& pool, Dataset dataset, std::size_t batch_size, Mode mode = Mode::fill);

    // Throws pg::Error; nothing was written then, or (connection lost while committing) it is not
    // known, and writing the same group again is right in both cases. SQLSTATE kContradiction: a
    // block's links contradict coverage.
    Written write(std::span<model::Block const> blocks, std::stop_token stop);

    // Which of the blocks are not to replace what is stored, and why: under the same hash they have
    // fewer transactions, or dead letters in the place of rows, and no second witness. None unless
    // the mode is to replace. Throws pg::Error.
    [[nodiscard]] std::vector<Difference> worse(std::span<model::Block const> blocks,
                                                std::stop_token stop);

    // Keeps what could not be decoded, or was refused.
    void bury(std::span<model::DeadLetter const> letters, std::stop_token stop);

    // Groups of blocks, ascending; an empty one is the end.
    using Groups = std::function<std::vector<model::Block>()>;

    // Puts blocks in the place of all that is stored of a range, in one transaction: either all of
    // them are there afterwards, linked to what lies on both sides, or what was there before. The
    // rows of the range go as well, but those that another content has; other contents that hold
    // the same blocks lose them, too. Throws pg::Error as write() does, and what `next` throws.
    Written replace(Replacement const& what, Groups const& next, std::stop_token stop);

    // Takes ranges out of coverage that the chain itself gave up, and deletes their rows but those
    // that another content has. Other contents that hold the same blocks lose them, too. All or
    // nothing. Throws pg::Error.
    void erase(std::span<base::SeqRange const> ranges, std::stop_token stop);

    // Compares blocks with what was noted of those at their seqs; writes nothing. Throws pg::Error.
    [[nodiscard]] std::vector<Difference> compare(std::span<model::Block const> group,
                                                  std::stop_token stop);

    // The same of rows that came by themselves, by a statement of their chain's: its parameters are
    // the ends of `seqs` and an array a column, its rows seqs and what is different.
    [[nodiscard]] std::vector<Difference> compare(std::string_view statement, base::SeqRange seqs,
                                                  model::RowBatch const& rows,
                                                  std::stop_token stop);

    // Raised by indexer.cover and its like (sql/migrations/0013_linked_coverage.sql).
    static constexpr std::string_view kContradiction = "IXC01";

  private:
    struct Notes;
    struct Group;

    [[nodiscard]] Written send(Group const& group, bool inserts, std::stop_token stop);
    // Whose rows' keys are noted.
    [[nodiscard]] std::vector<std::string> const& noted_tables(std::stop_token stop);
    std::size_t clear(pg::Pipeline& pipeline, base::SeqRange range) const;
    void cover(pg::Pipeline& pipeline, Replacement const& what,
               std::span<Notes const> groups) const;
    [[nodiscard]] std::string_view statement(model::Table const& table, bool inserts) const;

    pg::Pool& pool_;
    Dataset dataset_;
    std::size_t batch_size_;
    Mode mode_;
    std::map<std::string_view, std::string> inserts_;  // by table
    std::atomic<bool> met_rows_ = false;
    std::mutex mutex_;
    std::optional<std::vector<std::string>> noted_tables_;
};

}  // namespace indexer::store
