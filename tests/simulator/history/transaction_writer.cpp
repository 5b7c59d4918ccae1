#include "tests/simulator/history/transaction_writer.hpp"

#include <algorithm>

#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/history/block_template.hpp"
#include "tests/simulator/history/meta_writer.hpp"

namespace indexer::simulator {
namespace {

using base::JsonWriter;

template <class Predicate>
std::uint64_t count(Transaction const& transaction, Predicate predicate) {
    auto const& all = transaction.accounts;
    return static_cast<std::uint64_t>(std::count_if(all.begin(), all.end(), predicate));
}

void write_header(JsonWriter& json, Transaction const& transaction) {
    json.key("header").begin_object();
    json.member("numReadonlySignedAccounts",
                count(transaction, [](Account const& a) { return a.signer && !a.writable; }));
    json.member("numReadonlyUnsignedAccounts", count(transaction, [](Account const& a) {
                    return !a.signer && !a.writable && !a.loaded;
                }));
    json.member("numRequiredSignatures",
                count(transaction, [](Account const& a) { return a.signer; }));
    json.end_object();
}

void write_indexes(JsonWriter& json, char const* name, std::uint64_t from, std::uint64_t number) {
    json.key(name).begin_array();
    for (std::uint64_t i = from; i < from + number; ++i) json.value(i);
    json.end_array();
}

// Everything loaded comes from one table, in order.
void write_lookups(JsonWriter& json, Transaction const& transaction) {
    auto const writable =
        count(transaction, [](Account const& a) { return a.loaded && a.writable; });
    auto const readonly =
        count(transaction, [](Account const& a) { return a.loaded && !a.writable; });
    json.key("addressTableLookups").begin_array();
    if (writable + readonly > 0) {
        json.begin_object().member("accountKey", random_key(writable * 256 + readonly).text());
        write_indexes(json, "readonlyIndexes", writable, readonly);
        write_indexes(json, "writableIndexes", 0, writable);
        json.end_object();
    }
    json.end_array();
}

void write_optional(JsonWriter& json, char const* name, std::optional<std::uint64_t> value) {
    json.key(name);
    value ? json.value(*value) : json.null();
}

void write_config(JsonWriter& json, Budget const& budget) {
    json.key("transactionConfig").begin_object();
    write_optional(json, "computeUnitLimit", budget.compute_units);
    write_optional(json, "heapSize", std::nullopt);
    write_optional(json, "loadedAccountsDataSizeLimit", budget.loaded_bytes);
    write_optional(json, "priorityFee", budget.priority_fee);
    json.end_object();
}

void write_message(JsonWriter& json, Transaction const& transaction, std::size_t age) {
    json.key("message").begin_object().key("accountKeys").begin_array();
    for (Account const& account : transaction.accounts) {
        if (!account.loaded) json.value(account.key.text());
    }
    json.end_array();
    if (transaction.version == 0) write_lookups(json, transaction);
    write_header(json, transaction);
    json.key("instructions").begin_array();
    for (Instruction const& instruction : transaction.instructions) {
        if (instruction.height == 1) write_instruction(json, instruction);
    }
    json.end_array();
    json.key("recentBlockhash").raw(BlockTemplate::hole(Hole::recent_hash, age));
    if (transaction.version == 1) write_config(json, transaction.budget);
    json.end_object();
}

void write_version(JsonWriter& json, int version) {
    json.key("version");
    version == Transaction::kLegacy ? json.value("legacy") : json.value(version);
}

}  // namespace

std::size_t signature_count(Transaction const& transaction) {
    return count(transaction, [](Account const& a) { return a.signer; });
}

void write_transaction(JsonWriter& json, Transaction const& transaction,
                       std::size_t first_signature, BlockRequest const& request) {
    json.begin_object().key("meta");
    write_meta(json, transaction, request.rewards);
    json.key("transaction").begin_object();
    write_message(json, transaction, first_signature);
    json.key("signatures").begin_array();
    for (std::size_t i = 0; i < signature_count(transaction); ++i) {
        json.raw(BlockTemplate::hole(Hole::signature, first_signature + i));
    }
    json.end_array().end_object();
    if (request.versions) write_version(json, transaction.version);
    json.end_object();
}

}  // namespace indexer::simulator
