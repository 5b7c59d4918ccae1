#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <simdjson.h>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "solana/block_builder.hpp"
#include "solana/content.hpp"
#include "solana/programs/activity.hpp"
#include "solana/transaction.hpp"
#include "solana/transaction_parser.hpp"
#include "solana/void_part.hpp"

namespace indexer::solana {

// Turns getBlock answers into rows. Keeps its buffers from block to block, so a decoder should be
// used many times; by one thread at a time.
class BlockDecoder {
  public:
    explicit BlockDecoder(Content content);

    // `body` is a JSON-RPC answer whose result is the block at `slot`, asked for with encoding json
    // and full details. A transaction of a shape this program does not know, or that violates what
    // honest answers satisfy, becomes a dead letter, and so does an instruction that a known
    // program's decoder does not understand.
    // What a leader made void by updating the parent of its block is left out where the node lists
    // it and it can be told. Throws base::Error with Fault::not_understood when the block itself is
    // like that, when a signature is there twice for another reason, or (then with
    // Recovery::retry_elsewhere) when the text is no JSON; with Fault::endpoint when the node does
    // not know the hash of the parent.
    [[nodiscard]] model::Block decode(std::string const& body, base::Seq slot);

  private:
    [[nodiscard]] model::Block decode_behind(std::size_t void_part, std::string const& body,
                                             base::Seq slot);
    void decode_answer(simdjson::ondemand::object answer, BlockBuilder& block);
    void decode_result(simdjson::ondemand::object result, BlockBuilder& block);
    void decode_transaction(simdjson::ondemand::value element, BlockBuilder& block);

    Content content_;
    Balances balances_;
    simdjson::ondemand::parser parser_;
    Transaction transaction_;
    Activity activity_;
    std::vector<Listed> listed_;  // the transactions of the block
    std::size_t void_left_ = 0;   // of the transactions that are left out
};

}  // namespace indexer::solana
