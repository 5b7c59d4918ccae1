#include <optional>
#include <string>

#include <fmt/format.h>

#include "stellar/hex.hpp"
#include "stellar/json_text.hpp"
#include "stellar/result.hpp"
#include "stellar/rows.hpp"
#include "stellar/xdr/json.hpp"

namespace indexer::stellar {
namespace {

std::string number_text(model::Numeric number) {
    return fmt::format("{}", static_cast<std::uint64_t>(number.magnitude));  // of a muxed id
}

// {"type":"text","value":"…"}; nothing where there is none.
std::optional<std::string> memo_json(xdr::Value const& memo) {
    auto const content = memo.content();
    if (!content) return std::nullopt;
    std::string json = "{";
    append_plain(json, "type", memo.arm());
    append_member(json, "value", *content);
    return json + '}';
}

void append_bounds(std::string& json, std::string_view name, xdr::Value const& bounds,
                   std::string_view unit) {
    append_key(json, name);
    json += '{';
    append_member(json, "min", bounds[std::string("min_").append(unit)]);
    append_member(json, "max", bounds[std::string("max_").append(unit)]);
    json += '}';
}

void append_preconditions(std::string& json, xdr::Value const& v2) {
    if (auto const time = v2["time_bounds"].present()) {
        append_bounds(json, "time_bounds", *time, "time");
    }
    if (auto const ledgers = v2["ledger_bounds"].present()) {
        append_bounds(json, "ledger_bounds", *ledgers, "ledger");
    }
    if (auto const number = v2["min_seq_num"].present()) {
        append_member(json, "min_seq_num", *number);
    }
    append_member(json, "min_seq_age", v2["min_seq_age"]);
    append_member(json, "min_seq_ledger_gap", v2["min_seq_ledger_gap"]);
    append_member(json, "extra_signers", v2["extra_signers"]);
}

std::optional<std::string> preconditions_json(Transaction const& transaction) {
    std::string json = "{";
    if (transaction.is_v0) {
        auto const time = transaction.body["time_bounds"].present();
        if (!time) return std::nullopt;
        append_bounds(json, "time_bounds", *time, "time");
        return json + '}';
    }
    auto const conditions = transaction.body["cond"];
    if (auto const time = conditions.when("time"))
        append_bounds(json, "time_bounds", *time, "time");
    if (auto const v2 = conditions.when("v2")) append_preconditions(json, *v2);
    if (json.size() == 1) return std::nullopt;
    return json + '}';
}

xdr::Value inner_envelope(Transaction const& transaction) {
    return *(*transaction.fee_bump)["inner_tx"].content();
}

std::optional<std::string> fee_bump_json(Transaction const& transaction) {
    if (!transaction.fee_bump) return std::nullopt;
    auto const source = account_columns((*transaction.fee_bump)["fee_source"]);
    std::string json = "{";
    append_member(json, "fee", (*transaction.fee_bump)["fee"]);
    append_plain(json, "source_account", source.account);
    if (source.muxed_id) append_plain(json, "muxed_account_id", number_text(*source.muxed_id));
    append_member(json, "inner_fee", transaction.body["fee"]);
    if (auto const inner = transaction.result["result"].content()) {
        append_plain(json, "inner_id", hex((*inner)["transaction_hash"].bytes()));
        append_plain(json, "inner_result_code", (*inner)["result"]["result"].arm());
    }
    append_member(json, "inner_signatures", inner_envelope(transaction)["signatures"]);
    return json + '}';
}

// What was offered in all: a fee bump's offer has 64 bits, any other's 32.
std::int64_t fee_of(Transaction const& transaction) {
    if (transaction.fee_bump) return (*transaction.fee_bump)["fee"].integer();
    return static_cast<std::int64_t>(transaction.body["fee"].natural());
}

}  // namespace

void append_transaction(LedgerHead const& head, Transaction const& transaction,
                        model::RowBatch& rows) {
    auto const& body = transaction.body;
    rows.append(head.seq.value(), transaction.application_order, transaction.id,
                std::string_view(transaction.succeeded ? "SUCCESS" : "FAILED"), head.closed_at,
                static_cast<bool>(transaction.fee_bump), fee_bump_json(transaction),
                fee_of(transaction), transaction.result["fee_charged"].integer(),
                body["seq_num"].integer(), transaction.source.account, transaction.source.muxed_id,
                memo_json(body["memo"]), preconditions_json(transaction),
                xdr::json_of((*transaction.envelope.content())["signatures"]),
                transaction.result["result"].arm(), transaction.operations().size());
}

}  // namespace indexer::stellar
