#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/seq.hpp"
#include "pg/connection.hpp"
#include "pg/result.hpp"
#include "store/gaps.hpp"
#include "store/verifier.hpp"

namespace indexer::store {

// Blocks that another tool stored, as a view of the user's shows them: a row a block with its seq,
// hash, parent_seq and parent_hash, and perhaps transactions and transaction_rows
// (sql/migrations/0011_block_views.sql). Writes nothing. One thread at a time.
//
// Throws pg::Error; Fault::usage when the view is not there or not as it has to be.
class BlockView {
  public:
    // `connection` must outlive this object.
    BlockView(pg::Connection& connection, std::string chain, std::string name)
        : connection_(connection), chain_(std::move(chain)), name_(std::move(name)) {}

    // From its first block to its last one; nothing when it shows none.
    [[nodiscard]] std::optional<base::SeqRange> extent(std::stop_token stop);

    // Follows the links from block to block, as of one moment.
    [[nodiscard]] Verification verify(base::SeqRange range, std::stop_token stop);

    // What is missing, and what our own tables know of it: whether they hold it ("stored"), or why
    // not.
    [[nodiscard]] std::vector<Gap> gaps(base::SeqRange range, std::stop_token stop);

  private:
    pg::Result ask(std::string_view sql, std::vector<pg::Parameter> const& parameters,
                   std::stop_token stop);
    void judge(base::SeqRange range, Verification& result, std::stop_token stop);
    void certify(base::SeqRange range, Certificate& certificate, std::stop_token stop);

    pg::Connection& connection_;
    std::string const chain_;
    std::string const name_;
};

}  // namespace indexer::store
