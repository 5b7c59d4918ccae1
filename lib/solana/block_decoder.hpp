#pragma once

#include <string>

#include <simdjson.h>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "solana/programs/activity.hpp"
#include "solana/transaction.hpp"

namespace indexer::solana {

// What rows are made of a block, besides blocks and transactions.
struct Content {
    bool votes = false;
    bool rewards = false;
};

// Turns getBlock answers into rows. Keeps its buffers from block to block, so a decoder should be
// used many times; by one thread at a time.
class BlockDecoder {
  public:
    explicit BlockDecoder(Content content) noexcept : content_(content) {}

    // `body` is a JSON-RPC answer whose result is the block at `slot`, asked for with encoding json
    // and full details. A transaction of a shape this program does not know becomes a dead letter.
    // Throws base::Error with Fault::not_understood when the block itself is like that, or (then
    // with Recovery::retry_elsewhere) when the text is no JSON.
    [[nodiscard]] model::Block decode(std::string const& body, base::Seq slot);

  private:
    struct Output;  // of the block being decoded

    void decode_result(simdjson::ondemand::object result, Output& out);
    void decode_transactions(simdjson::ondemand::array transactions, Output& out);
    void decode_transaction(simdjson::ondemand::value element, Output& out);
    void append_rows(Output& out);
    void append_activity(Output& out);

    Content content_;
    simdjson::ondemand::parser parser_;
    Transaction transaction_;
    Activity activity_;
};

}  // namespace indexer::solana
