#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "solana/block_header.hpp"
#include "solana/content.hpp"
#include "solana/programs/activity.hpp"
#include "solana/transaction.hpp"

namespace indexer::solana {

// A block while it is decoded: what was read of it, and the rows made so far.
class BlockBuilder {
  public:
    // `content` must outlive the builder.
    BlockBuilder(base::Seq slot, Content const& content);

    // To be filled in before the first transaction is added; its text must outlive the builder.
    [[nodiscard]] BlockHeader& header() noexcept { return header_; }

    // Counts one more transaction, and says at which position it stands. It is then either added or
    // becomes a dead letter.
    std::int32_t next_transaction() noexcept;
    // Works out in `activity` what it did, as far as rows are made of that; false when none are.
    // Throws as json.hpp says when the transaction is not as an honest node tells of it: then it
    // becomes a dead letter.
    [[nodiscard]] bool examine(Transaction& transaction, Activity& activity);
    // Makes its rows; `activity` is null where examine() said so.
    void add(Transaction const& transaction, Activity const* activity);
    void add_dead_letter(std::string_view error, std::string_view raw);

    // `answer` is what all was read from: kept whole where there are more dead letters than are
    // kept one by one. Throws as json.hpp says when the header lacks something.
    [[nodiscard]] model::Block finish(std::string_view answer) &&;

  private:
    void count(Transaction const& transaction, bool vote);
    [[nodiscard]] bool wants_activity(Transaction const& transaction) const;
    void add_activity(Transaction const& transaction, Activity const& activity);
    void add_dead_letter(Transaction const& transaction, Undecoded const& undecoded);
    // False when there are enough; it is counted then.
    [[nodiscard]] bool keeps_letter() noexcept;

    Content const& content_;
    BlockHeader header_;
    BlockTotals totals_;
    std::vector<model::RowBatch> rows_;
    // Into rows_; null where the table is not written.
    model::RowBatch* const blocks_;
    model::RowBatch* const transactions_;
    model::RowBatch* const token_transfers_;
    model::RowBatch* const sol_transfers_;
    model::RowBatch* const swaps_;
    std::vector<model::DeadLetter> dead_letters_;
    std::size_t more_letters_ = 0;  // that are not among those
};

}  // namespace indexer::solana
