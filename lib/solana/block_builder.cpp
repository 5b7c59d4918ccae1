#include "solana/block_builder.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "solana/base58.hpp"
#include "solana/invariants.hpp"
#include "solana/json.hpp"
#include "solana/rows.hpp"

namespace indexer::solana {
namespace {

void add_to(std::int64_t& sum, std::int64_t part) {
    if (__builtin_add_overflow(sum, part, &sum)) throw json::wrong("its sum is out of range");
}

// 32 zero bytes in base58. Nodes write it where they do not know a hash, as that of a parent which
// was cleaned up; it is nobody's hash, so it neither proves nor contradicts anything.
constexpr std::string_view kUnknownHash = "11111111111111111111111111111111";

void check_known(std::string_view hash, std::string const& whose) {
    if (hash != kUnknownHash) return;
    throw base::Error(base::Fault::endpoint, base::Recovery::retry_elsewhere,
                      ": the endpoint does not know the hash of " + whose +
                          ", which it writes as " + std::string(hash),
                      "add an endpoint with older history");
}

// Kept one by one: a block of a million bad transactions is not a million dead letters.
constexpr std::size_t kMostLetters = 100;

void check(BlockHeader const& header) {
    if (header.blockhash.empty()) throw json::wrong("no blockhash");
    if (header.previous_blockhash.empty()) throw json::wrong("no previousBlockhash");
    if (!base58::spells32(header.blockhash) || !base58::spells32(header.previous_blockhash)) {
        throw json::wrong("its hash or its parent's is not base58 of 32 bytes");
    }
    if (!header.parent_slot) throw json::wrong("no parentSlot");
    check_known(header.blockhash, "this block");
    check_known(header.previous_blockhash, "its parent " + std::to_string(*header.parent_slot));
    auto const slot = static_cast<std::int64_t>(header.slot.value());
    // The genesis block is its own parent.
    bool const before = *header.parent_slot < slot || (slot == 0 && *header.parent_slot == 0);
    if (!before) {
        throw json::wrong("parentSlot " + std::to_string(*header.parent_slot) +
                          " is not before it");
    }
}

std::string path_of(Transaction const& transaction, Position const& at) {
    auto path =
        fmt::format("transactions[{}].instructions[{}]", transaction.index, at.instruction_index);
    if (at.inner_index != Position::kNone) path += fmt::format(".inner[{}]", at.inner_index);
    return path;
}

}  // namespace

BlockBuilder::BlockBuilder(base::Seq slot, Content const& content)
    : content_(content),
      rows_(model::empty_batches(content.tables)),
      blocks_(model::rows_of(rows_, blocks_table())),
      transactions_(model::rows_of(rows_, transactions_table())),
      token_transfers_(model::rows_of(rows_, token_transfers_table())),
      sol_transfers_(model::rows_of(rows_, sol_transfers_table())),
      swaps_(model::rows_of(rows_, swaps_table())) {
    header_.slot = slot;
}

std::int32_t BlockBuilder::next_transaction() noexcept {
    return static_cast<std::int32_t>(totals_.transactions++);
}

bool BlockBuilder::keeps_letter() noexcept {
    if (dead_letters_.size() < kMostLetters) return true;
    ++more_letters_;
    return false;
}

void BlockBuilder::add_dead_letter(std::string_view error, std::string_view raw) {
    if (!keeps_letter()) return;
    error.remove_prefix(std::min(error.find_first_not_of(".: "), error.size()));
    dead_letters_.push_back({.seq = header_.slot,
                             .path = fmt::format("transactions[{}]", totals_.transactions - 1),
                             .stage = "decode",
                             .error = std::string(error),
                             .raw = std::string(json::trimmed(raw))});
}

void BlockBuilder::add_dead_letter(Transaction const& transaction, Undecoded const& undecoded) {
    if (!keeps_letter()) return;
    dead_letters_.push_back({.seq = header_.slot,
                             .path = path_of(transaction, undecoded.at),
                             .stage = "decode",
                             .error = fmt::format("{}: {}: {}", transaction.signature,
                                                  undecoded.program, undecoded.error),
                             .raw = std::string(undecoded.data)});
}

bool BlockBuilder::examine(Transaction& transaction, Activity& activity) {
    auto const recording = recording_of(header_);
    if (!recording.calls) forget_empty_lists(transaction);
    check_invariants(transaction, recording);
    if (!wants_activity(transaction)) return false;
    activity.load(transaction);
    check_balances(transaction, activity, recording);
    return true;
}

bool BlockBuilder::wants_activity(Transaction const& transaction) const {
    bool const wanted =
        token_transfers_ != nullptr || sol_transfers_ != nullptr || swaps_ != nullptr;
    return wanted && transaction.executed && !transaction.failed() && !is_vote(transaction) &&
           content_.filter.calls_program(transaction);
}

void BlockBuilder::add(Transaction const& transaction, Activity const* activity) {
    bool const vote = is_vote(transaction);
    count(transaction, vote);
    if (transactions_ != nullptr && (!vote || content_.votes) &&
        content_.filter.keeps(transaction)) {
        append_transaction(header_, transaction, vote, *transactions_);
    }
    if (activity != nullptr) add_activity(transaction, *activity);
}

void BlockBuilder::count(Transaction const& transaction, bool vote) {
    totals_.votes += vote ? 1 : 0;
    totals_.failed += transaction.failed() ? 1 : 0;
    add_to(totals_.fee, transaction.fee.value_or(0));
    if (auto const units = transaction.compute_units_consumed) {
        if (!totals_.compute_units_consumed) totals_.compute_units_consumed = 0;
        add_to(*totals_.compute_units_consumed, *units);
    }
}

void BlockBuilder::add_activity(Transaction const& transaction, Activity const& activity) {
    auto const& filter = content_.filter;
    for (TokenMove const& move : activity.token_moves()) {
        if (token_transfers_ == nullptr || !filter.keeps(transaction, move)) continue;
        append_token_transfer(header_, transaction, move, *token_transfers_);
    }
    for (LamportMove const& move : activity.lamport_moves()) {
        if (sol_transfers_ == nullptr || !filter.keeps(transaction, move)) continue;
        append_sol_transfer(header_, transaction, move, *sol_transfers_);
    }
    for (Swap const& swap : activity.swaps()) {
        if (swaps_ == nullptr || !filter.keeps(swap)) continue;
        append_swap(header_, transaction, swap, activity.ledger(), *swaps_);
    }
    for (Undecoded const& undecoded : activity.undecoded()) {
        add_dead_letter(transaction, undecoded);
    }
}

model::Block BlockBuilder::finish(std::string_view answer) && {
    check(header_);
    if (more_letters_ > 0) {
        dead_letters_.push_back({.seq = header_.slot,
                                 .path = "transactions",
                                 .stage = "decode",
                                 .error = fmt::format("{} more like these", more_letters_),
                                 .raw = std::string(answer)});
    }
    if (blocks_ != nullptr) append_block(header_, totals_, *blocks_);
    return {.link = {header_.slot, std::string(header_.blockhash)},
            .parent = {base::Seq(static_cast<std::uint64_t>(*header_.parent_slot)),
                       std::string(header_.previous_blockhash)},
            .height = header_.height,
            .transactions = static_cast<std::uint64_t>(totals_.transactions),
            .rows = std::move(rows_),
            .dead_letters = std::move(dead_letters_)};
}

}  // namespace indexer::solana
