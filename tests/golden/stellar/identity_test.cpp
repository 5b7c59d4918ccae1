// Hashes and ids computed from real transactions and ledgers, against those the network gave them.

#include "stellar/identity.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "stellar/asset.hpp"
#include "stellar/hex.hpp"
#include "stellar/ledger_batch.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::test {
namespace {

namespace dom = simdjson::dom;
using stellar::xdr::Decoder;
using stellar::xdr::Kind;
using stellar::xdr::OptionalValue;
using stellar::xdr::Value;

std::string_view passphrase(std::string_view network) {
    if (network == "public") return "Public Global Stellar Network ; September 2015";
    if (network == "testnet") return "Test SDF Network ; September 2015";
    if (network == "standalone") return "Standalone Network ; February 2017";
    return network;
}

// A value that keeps what it views.
class Decoded {
  public:
    Decoded(std::string_view type, std::string_view base64)
        : bytes_(from_base64(base64)),
          value_(decoder_.decode(stellar::xdr::stellar_schema().type(type), bytes_)) {}

    Value const& operator*() const { return value_; }
    Value const* operator->() const { return &value_; }

  private:
    std::string bytes_;
    Decoder decoder_;
    Value value_;
};

template <class Check>
void for_each_transaction(Check check) {
    dom::parser parser;
    for (auto const& file : files_in(stellar_data() / "transactions", "")) {
        for (auto const& text : read_lines(file)) check(parser.parse(text).value());
    }
}

std::string_view text_or_empty(dom::element line, std::string_view key) {
    std::string_view text;
    return line[key].get(text) == simdjson::SUCCESS ? text : std::string_view();
}

TEST(RealIdentity, OfEveryTransactionWhoseNetworkIsKnown) {
    INDEXER_REQUIRE_SHARED_DATA();
    int hashes = 0;
    for_each_transaction([&](dom::element line) {
        auto const network = text_or_empty(line, "network");
        auto const hash = text_or_empty(line, "hash");
        if (hash.empty() || network == "unknown") return;
        Decoded const envelope("TransactionEnvelope", line["envelope"]);
        auto const id = stellar::network_id(passphrase(network));
        EXPECT_EQ(stellar::hex(stellar::transaction_hash(id, *envelope).bytes()), hash)
            << line["id"];
        ++hashes;
    });
    EXPECT_EQ(hashes, 1599);
    RecordProperty("hashes", hashes);
}

TEST(RealIdentity, OfOperationsOfAllTypes) {
    INDEXER_REQUIRE_SHARED_DATA();
    dom::parser parser;
    int inner_hashes = 0;
    for (auto const& text : read_lines(stellar_data() / "values/ops.ndjson.gz")) {
        dom::element const line = parser.parse(text);
        auto const id = stellar::network_id(passphrase(text_or_empty(line, "network")));
        Decoded const envelope("TransactionEnvelope", line["envelope"]);
        EXPECT_EQ(stellar::hex(stellar::transaction_hash(id, *envelope).bytes()),
                  text_or_empty(line, "hash"));
        auto const inner = stellar::inner_transaction_hash(id, *envelope);
        EXPECT_EQ(inner ? stellar::hex(inner->bytes()) : "", text_or_empty(line, "inner_hash"));
        inner_hashes += inner ? 1 : 0;
    }
    EXPECT_EQ(inner_hashes, 162);
}

// Every value of a type inside another, in the order of the wire.
void gather(Value const& value, std::string_view type, std::vector<Value>& found) {
    if (value.type().name == type) found.push_back(value);
    switch (value.type().kind) {
        case Kind::structure:
            for (auto const& field : value.type().fields) gather(value[field.name], type, found);
            break;
        case Kind::array:
        case Kind::variable_array:
            for (auto const element : value) gather(element, type, found);
            break;
        case Kind::optional:
            if (auto const content = value.present()) gather(*content, type, found);
            break;
        case Kind::tagged_union:
            if (auto const content = value.content()) gather(*content, type, found);
            break;
        default:
            break;
    }
}

std::vector<Value> all_of(Value const& value, std::string_view type) {
    std::vector<Value> found;
    gather(value, type, found);
    return found;
}

// What the network named: the id of the balance, when that is what the operation made.
OptionalValue created_balance(Value const& operation_result) {
    auto const inner = operation_result.when("op_inner");
    if (!inner) return std::nullopt;
    auto const created = inner->when("create_claimable_balance");
    return created ? created->when("success") : std::nullopt;
}

TEST(RealIdentity, OfClaimableBalances) {
    INDEXER_REQUIRE_SHARED_DATA();
    int balances = 0;
    for_each_transaction([&](dom::element line) {
        auto const result = text_or_empty(line, "result");
        if (result.empty()) return;
        Decoded const envelope("TransactionEnvelope", line["envelope"]);
        Decoded const outcome("TransactionResult", result);
        std::uint32_t operation = 0;
        for (auto const& one : all_of(*outcome, "OperationResult")) {
            auto const index = operation++;
            auto const id = created_balance(one);
            if (!id) continue;
            EXPECT_EQ(stellar::claimable_balance_id(*envelope, index).bytes(),
                      id->content()->bytes())
                << line["id"];
            ++balances;
        }
    });
    EXPECT_GE(balances, 85);
    RecordProperty("balances", balances);
}

TEST(RealIdentity, OfLiquidityPools) {
    INDEXER_REQUIRE_SHARED_DATA();
    int pools = 0;
    for_each_transaction([&](dom::element line) {
        auto const text = text_or_empty(line, "meta");
        if (text.empty()) return;
        Decoded const meta("TransactionMeta", text);
        for (auto const& pool : all_of(*meta, "LiquidityPoolEntry")) {
            auto const parameters = (*pool["body"].content())["params"];
            EXPECT_EQ(stellar::liquidity_pool_id(parameters).bytes(),
                      pool["liquidity_pool_id"].bytes())
                << line["id"];
            ++pools;
        }
    });
    EXPECT_GE(pools, 35);
    RecordProperty("pools", pools);
}

// The asset an event says it is about: its last topic, when that is text.
std::optional<std::string> asset_of(Value const& event) {
    OptionalValue last = std::nullopt;
    for (auto const topic : (*event["body"].content())["topics"]) last = topic.when("string");
    return last ? stellar::encode_asset(last->bytes()) : std::nullopt;
}

TEST(RealIdentity, OfTheContractsOfAssets) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const network = stellar::network_id(passphrase("public"));
    int events = 0;
    for_each_transaction([&](dom::element line) {
        auto const text = text_or_empty(line, "meta");
        auto const is_public = text_or_empty(line, "network") == "public" &&
                               !text_or_empty(line, "hash").empty();  // which proves the network
        if (text.empty() || !is_public) return;
        Decoded const meta("TransactionMeta", text);
        for (auto const& event : all_of(*meta, "ContractEvent")) {
            auto const asset = asset_of(event);
            auto const contract = event["contract_id"].present();
            if (!asset || !contract) continue;
            EXPECT_EQ(stellar::asset_contract_id(network, *asset).bytes(), contract->bytes())
                << line["id"];
            ++events;
        }
    });
    EXPECT_GE(events, 311);
    RecordProperty("events", events);
}

// Checks a ledger's own hash, and that what was processed is what the transaction set holds.
void check_ledger(Value const& ledger, std::string_view network) {
    auto const header = stellar::header_entry(ledger);
    EXPECT_EQ(stellar::ledger_hash(header["header"]).bytes(), header["hash"].bytes());
    std::multiset<std::string> processed;
    for (auto const transaction : (*ledger.content())["tx_processing"]) {
        processed.emplace(transaction["result"]["transaction_hash"].bytes());
    }
    std::multiset<std::string> proposed;
    auto const id = stellar::network_id(passphrase(network));
    for (auto const& envelope : all_of((*ledger.content())["tx_set"], "TransactionEnvelope")) {
        proposed.emplace(stellar::transaction_hash(id, envelope).bytes());
    }
    EXPECT_EQ(processed, proposed);
}

std::string_view network_of(std::string_view file) {
    if (file.starts_with("pubnet")) return "public";
    return file.starts_with("core") ? "(V) (;,,;) (V)" : "testnet";
}

TEST(RealIdentity, OfLedgersAndTheirTransactionSets) {
    INDEXER_REQUIRE_SHARED_DATA();
    int ledgers = 0;
    for (auto const& file : files_ending(stellar_data() / "ledgers", ".xdr.gz")) {
        auto const network = network_of(file.filename().string());
        for_each_ledger(file, [&](Value const& ledger) {
            check_ledger(ledger, network);
            ++ledgers;
        });
    }
    EXPECT_EQ(ledgers, 1917);
}

}  // namespace
}  // namespace indexer::test
