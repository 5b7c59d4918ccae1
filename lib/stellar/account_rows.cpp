#include <optional>
#include <string>
#include <vector>

#include "stellar/json_text.hpp"
#include "stellar/rows.hpp"
#include "stellar/xdr/json.hpp"
#include "stellar/xdr/text.hpp"

namespace indexer::stellar {
namespace {

std::optional<std::string> text_of(xdr::OptionalValue const& value) {
    if (!value) return std::nullopt;
    return xdr::text_of(*value);
}

xdr::OptionalValue sponsor_of(xdr::Value const& entry) {
    auto const extension = entry["ext"].content();
    if (!extension) return std::nullopt;
    return (*extension)["sponsoring_id"].present();
}

// One a signer, in their order; none for accounts that never had to do with any.
std::vector<xdr::OptionalValue> signer_sponsors(xdr::Value const& account) {
    auto const first = account["ext"].content();
    if (!first) return {};
    auto const second = (*first)["ext"].content();
    if (!second) return {};
    std::vector<xdr::OptionalValue> sponsors;
    for (auto const one : (*second)["signer_sponsoring_i_ds"]) sponsors.push_back(one.present());
    return sponsors;
}

void append_signer(std::string& json, xdr::Value const& signer, xdr::OptionalValue const& sponsor) {
    json += json.back() == '[' ? "{" : ",{";
    append_member(json, "key", signer["key"]);
    append_member(json, "weight", signer["weight"]);
    if (sponsor) append_member(json, "sponsor", *sponsor);
    json += '}';
}

std::string signers_json(xdr::Value const& account) {
    auto const signers = account["signers"];
    if (signers.size() == 0) return "[]";
    auto sponsors = signer_sponsors(account);
    sponsors.resize(signers.size(), std::nullopt);
    auto sponsor = sponsors.begin();
    std::string json = "[";
    for (auto const signer : signers) append_signer(json, signer, *sponsor++);
    return json + ']';
}

}  // namespace

void append_account_entry(LedgerHead const& head, AccountStates::State const& state,
                          model::RowBatch& rows) {
    auto const account = *state.entry["data"].content();
    auto const thresholds = account["thresholds"].bytes();
    rows.append(xdr::text_of(account["account_id"]), head.seq.value(), account["balance"].integer(),
                account["seq_num"].integer(), account["num_sub_entries"].integer(),
                account["flags"].integer(), xdr::text_of(account["home_domain"]),
                signers_json(account), xdr::json_of(account["ext"]),
                text_of(account["inflation_dest"].present()), thresholds,
                text_of(sponsor_of(state.entry)), state.deleted);
}

}  // namespace indexer::stellar
