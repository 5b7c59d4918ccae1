#include "tests/simulator/history/block_writer.hpp"

#include "base/json_writer.hpp"
#include "tests/simulator/history/block_template.hpp"
#include "tests/simulator/history/transaction_writer.hpp"

namespace indexer::simulator {
namespace {

using base::JsonWriter;

// The leader's half of the fees; no other kind is paid within an epoch.
void write_rewards(JsonWriter& json, std::vector<Transaction> const& transactions) {
    std::uint64_t fees = 0;
    for (Transaction const& transaction : transactions) fees += transaction.fee;
    json.key("rewards").begin_array().begin_object();
    json.key("commission").null().member("lamports", fees / 2);
    json.member("postBalance", 640'397'312'771 + fees / 2);
    json.member("pubkey", random_key(transactions.size()).text());
    json.member("rewardType", "Fee").end_object().end_array();
}

void write_signatures(JsonWriter& json, std::vector<Transaction> const& transactions) {
    std::size_t n = 0;
    json.key("signatures").begin_array();
    for (Transaction const& transaction : transactions) {
        json.raw(BlockTemplate::hole(Hole::signature, n));
        n += signature_count(transaction);
    }
    json.end_array();
}

void write_transactions(JsonWriter& json, std::vector<Transaction> const& transactions,
                        BlockRequest const& request) {
    std::size_t n = 0;
    json.key("transactions").begin_array();
    for (Transaction const& transaction : transactions) {
        write_transaction(json, transaction, n, request);
        n += signature_count(transaction);
    }
    json.end_array();
}

}  // namespace

std::string write_block(std::vector<Transaction> const& transactions, BlockRequest const& request) {
    JsonWriter json;
    json.begin_object();
    json.key("blockHeight").raw(BlockTemplate::hole(Hole::height));
    json.key("blockTime").raw(BlockTemplate::hole(Hole::time));
    json.key("blockhash").raw(BlockTemplate::hole(Hole::hash));
    json.key("parentSlot").raw(BlockTemplate::hole(Hole::parent_slot));
    json.key("previousBlockhash").raw(BlockTemplate::hole(Hole::parent_hash));
    if (request.rewards) write_rewards(json, transactions);
    if (request.details == Details::signatures) write_signatures(json, transactions);
    if (request.details == Details::full) write_transactions(json, transactions, request);
    json.end_object();
    return std::move(json).text();
}

}  // namespace indexer::simulator
