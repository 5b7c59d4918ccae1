#include "solana/block_decoder.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "solana/json.hpp"
#include "solana/rows.hpp"
#include "solana/tables.hpp"
#include "solana/transaction_parser.hpp"

namespace indexer::solana {
namespace {

using json::Key;
using json::ondemand::array;
using json::ondemand::object;
using json::ondemand::value;

std::optional<std::string> optional_json(value value) {
    if (json::is_null(value)) return std::nullopt;
    base::JsonWriter writer;
    json::copy(value, writer);
    return std::move(writer).text();
}

std::optional<std::int64_t> optional_bigint(value value) {
    if (json::is_null(value)) return std::nullopt;
    return json::bigint(value);
}

void add(std::int64_t& sum, std::int64_t part) {
    if (__builtin_add_overflow(sum, part, &sum)) throw json::wrong("its sum is out of range");
}

void check(BlockHeader const& header) {
    if (header.blockhash.empty()) throw json::wrong("no blockhash");
    if (header.previous_blockhash.empty()) throw json::wrong("no previousBlockhash");
    if (!header.parent_slot) throw json::wrong("no parentSlot");
    auto const slot = static_cast<std::int64_t>(header.slot.value());
    // The genesis block is its own parent.
    bool const before = *header.parent_slot < slot || (slot == 0 && *header.parent_slot == 0);
    if (!before) {
        throw json::wrong("parentSlot " + std::to_string(*header.parent_slot) +
                          " is not before it");
    }
}

}  // namespace

struct BlockDecoder::Output {
    explicit Output(base::Seq slot) { header.slot = slot; }

    void add_dead_letter(std::string_view error, std::string_view raw);
    void add_dead_letter(Transaction const& transaction, Undecoded const& undecoded);
    [[nodiscard]] model::Block finish() &&;

    BlockHeader header;
    BlockTotals totals;
    bool has_transactions = false;
    model::RowBatch transactions{transactions_table()};
    model::RowBatch token_transfers{token_transfers_table()};
    model::RowBatch sol_transfers{sol_transfers_table()};
    model::RowBatch swaps{swaps_table()};
    std::vector<model::DeadLetter> dead_letters;
};

// Of the transaction that was counted last; these two.
void BlockDecoder::Output::add_dead_letter(std::string_view error, std::string_view raw) {
    error.remove_prefix(std::min(error.find_first_not_of(".: "), error.size()));
    dead_letters.push_back({.seq = header.slot,
                            .path = "transactions[" + std::to_string(totals.transactions - 1) + "]",
                            .stage = "decode",
                            .error = std::string(error),
                            .raw = std::string(json::trimmed(raw))});
}

void BlockDecoder::Output::add_dead_letter(Transaction const& transaction,
                                           Undecoded const& undecoded) {
    auto const& at = undecoded.at;
    auto path =
        fmt::format("transactions[{}].instructions[{}]", transaction.index, at.instruction_index);
    if (at.inner_index != Position::kNone) path += fmt::format(".inner[{}]", at.inner_index);
    dead_letters.push_back({.seq = header.slot,
                            .path = std::move(path),
                            .stage = "decode",
                            .error = fmt::format("{}: {}: {}", transaction.signature,
                                                 undecoded.program, undecoded.error),
                            .raw = std::string(undecoded.data)});
}

model::Block BlockDecoder::Output::finish() && {
    check(header);
    if (!has_transactions) throw json::wrong("no transactions");
    model::Block block;
    block.link = {header.slot, std::string(header.blockhash)};
    block.parent = {base::Seq(static_cast<std::uint64_t>(*header.parent_slot)),
                    std::string(header.previous_blockhash)};
    block.transactions = static_cast<std::uint64_t>(totals.transactions);
    append_block(header, totals, block.rows.emplace_back(blocks_table()));
    for (auto* rows : {&transactions, &token_transfers, &sol_transfers, &swaps}) {
        block.rows.push_back(std::move(*rows));
    }
    block.dead_letters = std::move(dead_letters);
    return block;
}

model::Block BlockDecoder::decode(std::string const& body, base::Seq slot) {
    Output out(slot);
    try {
        json::ondemand::document document = parser_.iterate(simdjson::padded_string_view(body));
        decode_result(document.find_field_unordered("result"), out);
        return std::move(out).finish();
    } catch (...) {
        json::rethrow_below("solana: slot " + std::to_string(slot.value()));
    }
}

void BlockDecoder::decode_result(object result, Output& out) {
    // Rows of transactions need it, and nobody promises that it stands before them.
    if (value time; result.find_field_unordered("blockTime").get(time) == simdjson::SUCCESS) {
        out.header.time = optional_bigint(time);
    }
    result.reset().value();
    json::for_each_field(result, [&](Key key, value field) {
        if (key == "blockHeight") out.header.height = optional_bigint(field);
        if (key == "blockhash") out.header.blockhash = json::text(field);
        if (key == "numRewardPartitions") out.header.reward_partitions = optional_bigint(field);
        if (key == "parentSlot") out.header.parent_slot = json::bigint(field);
        if (key == "previousBlockhash") out.header.previous_blockhash = json::text(field);
        if (key == "rewards" && content_.rewards) out.header.rewards = optional_json(field);
        if (key == "transactions") decode_transactions(field, out);
    });
}

void BlockDecoder::decode_transactions(array transactions, Output& out) {
    if (std::exchange(out.has_transactions, true)) throw json::wrong("there twice");
    json::for_each_element(transactions, [&](value element) { decode_transaction(element, out); });
}

void BlockDecoder::decode_transaction(value element, Output& out) {
    transaction_.index = static_cast<std::int32_t>(out.totals.transactions++);
    object transaction;
    if (element.get_object().get(transaction) != simdjson::SUCCESS) {
        return out.add_dead_letter("not an object", simdjson::to_json_string(element).value());
    }
    try {
        parse_transaction(transaction, transaction_);
    } catch (base::Error const& error) {
        if (error.recovery() != base::Recovery::never) throw;
        transaction.reset().value();
        return out.add_dead_letter(error.what(), transaction.raw_json().value());
    }
    append_rows(out);
}

void BlockDecoder::append_rows(Output& out) {
    auto& totals = out.totals;
    bool const vote = is_vote(transaction_);
    totals.votes += vote ? 1 : 0;
    totals.failed += transaction_.failed() ? 1 : 0;
    add(totals.fee, transaction_.fee.value_or(0));
    if (auto const units = transaction_.compute_units_consumed) {
        if (!totals.compute_units_consumed) totals.compute_units_consumed = 0;
        add(*totals.compute_units_consumed, *units);
    }
    if (!vote || content_.votes) {
        append_transaction(out.header, transaction_, vote, out.transactions);
    }
    if (!vote && transaction_.executed && !transaction_.failed()) append_activity(out);
}

void BlockDecoder::append_activity(Output& out) {
    activity_.load(transaction_);
    for (TokenMove const& move : activity_.token_moves()) {
        append_token_transfer(out.header, transaction_, move, out.token_transfers);
    }
    for (LamportMove const& move : activity_.lamport_moves()) {
        append_sol_transfer(out.header, transaction_, move, out.sol_transfers);
    }
    for (Swap const& swap : activity_.swaps()) {
        append_swap(out.header, transaction_, swap, activity_.ledger(), out.swaps);
    }
    for (Undecoded const& undecoded : activity_.undecoded()) {
        out.add_dead_letter(transaction_, undecoded);
    }
}

}  // namespace indexer::solana
