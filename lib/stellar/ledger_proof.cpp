#include "stellar/ledger_proof.hpp"

#include <string>

#include <fmt/format.h>

#include "stellar/hash.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar {

base::Error contradiction(LedgerHead const& head, std::string_view what) {
    return {base::Fault::not_understood, base::Recovery::retry_elsewhere,
            fmt::format("stellar: ledger {}: {}", head.seq.value(), what)};
}

namespace {

// Of a TransactionResultSet.
Hash results_hash(xdr::Value const& processing) {
    std::string results;
    xdr::append_u32(results, processing.size());
    for (auto const one : processing) results += one["result"].wire();
    return sha256(results);
}

bool is_generalized(xdr::Value const& set) {
    return set.type().name == "GeneralizedTransactionSet";
}

xdr::Value listed_by(xdr::Value const& set) {
    return is_generalized(set) ? *set.content() : set;
}

// The older form is hashed without the number of its transactions. Source: stellar-core,
// TxSetFrame.cpp.
Hash set_hash(xdr::Value const& set) {
    if (is_generalized(set)) return sha256(set.wire());
    std::string bytes(set["previous_ledger_hash"].bytes());
    bytes += set["txs"].wire().substr(xdr::kWord);
    return sha256(bytes);
}

bool is_empty(xdr::Value const& phase) {
    auto const content = *phase.content();
    if (phase.discriminant() != 0) return content["execution_stages"].size() == 0;
    return content.size() == 0;
}

bool lists_nothing(xdr::Value const& set) {
    if (!is_generalized(set)) return set["txs"].size() == 0;
    // NOLINTNEXTLINE(readability-use-anyofallof): its iterators are none that algorithms take
    for (auto const phase : listed_by(set)["phases"]) {
        if (!is_empty(phase)) return false;
    }
    return true;
}

// What the arm says of the set that was dropped.
xdr::OptionalValue dropped_set(xdr::Value const& value) {
    auto const arm = value["ext"];
    auto const dropped = arm.when("empty_tx_set");
    return dropped ? dropped : arm.when("empty_tx_set_ms");
}

bool is_set_agreed_on(xdr::Value const& header, xdr::Value const& set) {
    auto const value = header["scp_value"];
    auto const previous = header["previous_ledger_hash"].bytes();
    auto const named = value["tx_set_hash"].bytes();
    if (listed_by(set)["previous_ledger_hash"].bytes() != previous) return false;
    auto const dropped = dropped_set(value);
    if (!dropped) return set_hash(set).bytes() == named;
    return named == Hash().bytes() && (*dropped)["previous_ledger_hash"].bytes() == previous &&
           lists_nothing(set);
}

}  // namespace

void require_committed(LedgerHead const& head, xdr::Value const& contents) {
    if (!is_set_agreed_on(head.header, contents["tx_set"])) {
        throw contradiction(head, "its transactions are not the set that its header names");
    }
    auto const results = results_hash(contents["tx_processing"]);
    if (results.bytes() != head.header["tx_set_result_hash"].bytes()) {
        throw contradiction(head, "its results are not those whose hash is in its header");
    }
}

}  // namespace indexer::stellar
