#include "solana/block_decoder.hpp"

#include <utility>

#include <fmt/format.h>

#include "solana/base58.hpp"
#include "solana/json.hpp"

namespace indexer::solana {
namespace {

using json::Key;
using json::ondemand::object;
using json::ondemand::value;

// Several times what a block has room for.
constexpr std::size_t kMostTransactions = 200'000;

// To whom, how much, and what they have then. Rent that was collected is less than nothing.
void check_reward(object reward) {
    int missing = 3;
    json::for_each_field(reward, [&](Key key, value field) {
        // New types may come.
        if (key == "rewardType" && !json::is_null(field)) static_cast<void>(json::text(field));
        if (key == "pubkey") {
            if (!base58::spells32(json::text(field))) throw json::wrong("not base58 of 32 bytes");
        } else if (key == "lamports") {
            static_cast<void>(field.get_int64().value());
        } else if (key == "postBalance") {
            static_cast<void>(field.get_uint64().value());
        } else {
            return;
        }
        --missing;
    });
    if (missing != 0) throw json::wrong("lacks one of pubkey, lamports and postBalance");
}

std::optional<std::string> rewards_in(value value) {
    if (json::is_null(value)) return std::nullopt;
    base::JsonWriter writer;
    json::copy(value, writer);
    auto rewards = std::move(writer).text();
    json::ondemand::parser parser;  // what was copied cannot be read again
    simdjson::padded_string const copied(rewards);
    auto document = parser.iterate(copied);
    json::for_each_element(document.get_array(), check_reward);
    return rewards;
}

std::optional<std::int64_t> optional_bigint(value value) {
    if (json::is_null(value)) return std::nullopt;
    return json::bigint(value);
}

}  // namespace

BlockDecoder::BlockDecoder(Content content)
    : content_(std::move(content)),
      balances_(content_.filter.reads_balances() ? Balances::of_all : Balances::of_successful) {
}

model::Block BlockDecoder::decode(std::string const& body, base::Seq slot) {
    try {
        auto block = decode_behind(0, body, slot);
        auto const repeated = first_repeated(listed_);
        if (!repeated) return block;
        if (auto const size = void_part(slot, listed_)) return decode_behind(*size, body, slot);
        throw json::wrong(fmt::format("transactions[{}] has the signature of transactions[{}]",
                                      repeated->later, repeated->earlier));
    } catch (...) {
        json::rethrow_below("solana: slot " + std::to_string(slot.value()));
    }
}

model::Block BlockDecoder::decode_behind(std::size_t void_part, std::string const& body,
                                         base::Seq slot) {
    BlockBuilder block(slot, content_);
    listed_.clear();
    void_left_ = void_part;
    json::ondemand::document document = parser_.iterate(simdjson::padded_string_view(body));
    decode_answer(document.get_object(), block);
    return std::move(block).finish(body);
}

void BlockDecoder::decode_answer(object answer, BlockBuilder& block) {
    bool has_result = false;
    for (json::ondemand::field member : answer) {
        Key const key(member.key());
        if (key == "error" && !json::is_null(member.value())) throw json::wrong("an error too");
        if (!(key == "result")) continue;
        if (std::exchange(has_result, true)) throw json::wrong("two results");
        decode_result(member.value(), block);
    }
    if (!has_result) throw json::wrong("no result");
}

void BlockDecoder::decode_result(object result, BlockBuilder& block) {
    auto& header = block.header();
    // Rows of transactions need it, and nobody promises that it stands before them.
    if (value time; result.find_field_unordered("blockTime").get(time) == simdjson::SUCCESS) {
        header.time = optional_bigint(time);
    }
    result.reset().value();
    bool has_transactions = false;
    json::for_each_field(result, [&](Key key, value field) {
        if (key == "blockHeight") header.height = optional_bigint(field);
        if (key == "blockhash") header.blockhash = json::text(field);
        if (key == "numRewardPartitions") header.reward_partitions = optional_bigint(field);
        if (key == "parentSlot") header.parent_slot = json::bigint(field);
        if (key == "previousBlockhash") header.previous_blockhash = json::text(field);
        if (key == "rewards" && content_.rewards) header.rewards = rewards_in(field);
        if (!(key == "transactions")) return;
        if (std::exchange(has_transactions, true)) throw json::wrong("there twice");
        json::for_each_element(field, [&](value element) { decode_transaction(element, block); });
    });
    if (!has_transactions) throw json::wrong("no transactions");
}

void BlockDecoder::decode_transaction(value element, BlockBuilder& block) {
    if (void_left_ > 0) {
        --void_left_;
        return;
    }
    if (listed_.size() == kMostTransactions) throw json::wrong("too many transactions");
    auto& listed = listed_.emplace_back();
    transaction_.index = block.next_transaction();
    object transaction;
    if (element.get_object().get(transaction) != simdjson::SUCCESS) {
        return block.add_dead_letter("not an object", simdjson::to_json_string(element).value());
    }
    bool active = false;
    try {
        parse_transaction(transaction, transaction_, balances_);
        listed = {transaction_.signature, transaction_.executed};
        active = block.examine(transaction_, activity_);
    } catch (base::Error const& error) {
        if (error.recovery() != base::Recovery::never) throw;
        transaction.reset().value();
        return block.add_dead_letter(error.what(), transaction.raw_json().value());
    }
    block.add(transaction_, active ? &activity_ : nullptr);
}

}  // namespace indexer::solana
