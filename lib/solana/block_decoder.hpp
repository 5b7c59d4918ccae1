#pragma once

#include <string>

#include <simdjson.h>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "solana/block_builder.hpp"
#include "solana/content.hpp"
#include "solana/programs/activity.hpp"
#include "solana/transaction.hpp"
#include "solana/transaction_parser.hpp"

namespace indexer::solana {

// Turns getBlock answers into rows. Keeps its buffers from block to block, so a decoder should be
// used many times; by one thread at a time.
class BlockDecoder {
  public:
    explicit BlockDecoder(Content content);

    // `body` is a JSON-RPC answer whose result is the block at `slot`, asked for with encoding json
    // and full details. A transaction of a shape this program does not know becomes a dead letter,
    // and so does an instruction that a known program's decoder does not understand.
    // Throws base::Error with Fault::not_understood when the block itself is like that, or (then
    // with Recovery::retry_elsewhere) when the text is no JSON.
    [[nodiscard]] model::Block decode(std::string const& body, base::Seq slot);

  private:
    void decode_answer(simdjson::ondemand::object answer, BlockBuilder& block);
    void decode_result(simdjson::ondemand::object result, BlockBuilder& block);
    void decode_transaction(simdjson::ondemand::value element, BlockBuilder& block);

    Content content_;
    Balances balances_;
    simdjson::ondemand::parser parser_;
    Transaction transaction_;
    Activity activity_;
};

}  // namespace indexer::solana
