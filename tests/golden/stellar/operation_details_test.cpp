// Operations of all 27 types: made-up ones, several of each, with the keys that their details have.

#include "stellar/operation_details.hpp"

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "stellar/identity.hpp"
#include "stellar/transaction.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::test {
namespace {

namespace dom = simdjson::dom;

using Keys = std::set<std::string>;

// Those always there, and those that may be.
struct Expected {
    Keys always;
    Keys sometimes{};
};

std::map<std::string, Expected> const expected_details{
    {"create_account", {{"destination", "starting_balance"}}},
    {"payment", {{"destination", "asset", "amount"}}},
    {"path_payment_strict_receive",
     {{"send_asset", "send_max", "destination", "dest_asset", "dest_amount", "path"}}},
    {"path_payment_strict_send",
     {{"send_asset", "send_amount", "destination", "dest_asset", "dest_min", "path"}}},
    {"manage_sell_offer", {{"selling", "buying", "amount", "price", "offer_id"}}},
    {"manage_buy_offer", {{"selling", "buying", "buy_amount", "price", "offer_id"}}},
    {"create_passive_sell_offer", {{"selling", "buying", "amount", "price"}}},
    {"set_options",
     {{},
      {"inflation_dest", "clear_flags", "set_flags", "master_weight", "low_threshold",
       "med_threshold", "high_threshold", "home_domain", "signer"}}},
    {"change_trust", {{"line", "limit"}}},
    {"allow_trust", {{"trustor", "asset", "authorize"}}},
    {"account_merge", {{"destination"}}},
    {"inflation", {{}}},
    {"manage_data", {{"data_name"}, {"data_value"}}},
    {"bump_sequence", {{"bump_to"}}},
    {"create_claimable_balance", {{"asset", "amount", "claimants"}}},
    {"claim_claimable_balance", {{"balance_id"}}},
    {"begin_sponsoring_future_reserves", {{"sponsored_id"}}},
    {"end_sponsoring_future_reserves", {{}}},
    {"revoke_sponsorship", {{"type"}, {"ledger_key", "account_id", "signer_key"}}},
    {"clawback", {{"asset", "from", "amount"}}},
    {"clawback_claimable_balance", {{"balance_id"}}},
    {"set_trust_line_flags", {{"trustor", "asset", "clear_flags", "set_flags"}}},
    {"liquidity_pool_deposit",
     {{"liquidity_pool_id", "max_amount_a", "max_amount_b", "min_price", "max_price"}}},
    {"liquidity_pool_withdraw", {{"liquidity_pool_id", "amount", "min_amount_a", "min_amount_b"}}},
    {"invoke_host_function",
     {{"host_function"},
      {"contract_address", "function_name", "args", "wasm_hash", "contract_id",
       "contract_id_preimage", "executable", "constructor_args"}}},
    {"extend_footprint_ttl", {{"extend_to"}}},
    {"restore_footprint", {{}}},
};

Keys keys_of(dom::object object) {
    Keys keys;
    for (auto const [key, value] : object) keys.emplace(key);
    return keys;
}

void expect_keys(std::string const& type, std::string const& json) {
    dom::parser parser;
    auto const keys = keys_of(parser.parse(json));
    ASSERT_TRUE(expected_details.contains(type)) << type;
    auto const& [always, sometimes] = expected_details.at(type);
    for (auto const& key : always) EXPECT_TRUE(keys.contains(key)) << type << ' ' << json;
    for (auto const& key : keys) {
        EXPECT_TRUE(always.contains(key) || sometimes.contains(key)) << type << ' ' << json;
    }
}

TEST(OperationDetails, HaveTheKeysOfTheirType) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const network = stellar::network_id("Standalone Network ; February 2017");
    auto const& type = stellar::xdr::stellar_schema().type("TransactionEnvelope");
    Keys seen;
    dom::parser parser;
    stellar::xdr::Decoder decoder;
    for (auto const& line : read_lines(stellar_data() / "values/ops.ndjson.gz")) {
        auto const bytes = from_base64(parser.parse(line)["envelope"]);
        auto const envelope = decoder.decode(type, bytes);
        auto const outer = (*envelope.content())["tx"];
        auto const fee_bump = envelope.arm() == "tx_fee_bump";
        auto const body = fee_bump ? (*outer["inner_tx"].content())["tx"] : outer;
        for (auto const operation : body["operations"]) {
            auto const name = std::string(operation["body"].arm());
            seen.insert(name);
            expect_keys(name, stellar::operation_details(network, operation["body"]));
        }
    }
    EXPECT_EQ(seen.size(), 27U);
}

TEST(OperationDetails, NameAssetsByTypeCodeAndIssuer) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const network = stellar::network_id("Standalone Network ; February 2017");
    auto const& type = stellar::xdr::stellar_schema().type("TransactionEnvelope");
    Keys types;
    stellar::xdr::Decoder decoder;
    dom::parser lines;
    dom::parser parser;
    for (auto const& line : read_lines(stellar_data() / "values/ops.ndjson.gz")) {
        auto const bytes = from_base64(lines.parse(line)["envelope"]);
        auto const envelope = decoder.decode(type, bytes);
        if (envelope.arm() == "tx_fee_bump") continue;
        for (auto const operation : (*envelope.content())["tx"]["operations"]) {
            if (operation["body"].arm() != "change_trust") continue;
            auto const json = stellar::operation_details(network, operation["body"]);
            dom::object const asset = parser.parse(json)["line"];
            auto const kind = std::string(std::string_view(asset["type"]));
            types.insert(kind);
            auto const expected = kind == "native"       ? Keys{"type", "code"}
                                  : kind == "pool_share" ? Keys{"type", "liquidity_pool_id",
                                                                "asset_a", "asset_b", "fee"}
                                                         : Keys{"type", "code", "issuer"};
            EXPECT_EQ(keys_of(asset), expected) << json;
        }
    }
    EXPECT_GE(types.size(), 3U);
}

}  // namespace
}  // namespace indexer::test
