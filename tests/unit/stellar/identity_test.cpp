#include "stellar/identity.hpp"

#include <string>

#include <gtest/gtest.h>

#include "stellar/asset.hpp"
#include "stellar/hex.hpp"
#include "stellar/strkey.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/support/wire.hpp"

namespace indexer::stellar {
namespace {

constexpr std::string_view kPublic = "Public Global Stellar Network ; September 2015";
constexpr std::string_view kTestnet = "Test SDF Network ; September 2015";

// Everything of a transaction behind its source, with one operation and no time bounds; the same
// bytes in V0 and V1.
std::string const rest_of_transaction = test::Wire()
                                            .u32(100)  // fee
                                            .u64(7)    // sequence
                                            .u32(0)    // preconditions
                                            .u32(0)    // memo
                                            .u32(1)    // operations
                                            .u32(0)    // of the transaction's source
                                            .u32(9)    // inflation
                                            .u32(0)    // ext
                                            .bytes();

std::string const no_signatures = test::Wire().u32(0).bytes();

std::string v0() {
    return test::Wire().u32(0).key('k').raw(rest_of_transaction).raw(no_signatures).bytes();
}

std::string v1() {
    return test::Wire().u32(2).u32(0).key('k').raw(rest_of_transaction).raw(no_signatures).bytes();
}

std::string muxed() {
    return test::Wire()
        .u32(2)
        .u32(256)
        .u64(5)
        .key('k')
        .raw(rest_of_transaction)
        .raw(no_signatures)
        .bytes();
}

std::string fee_bump(std::string const& inner, std::uint64_t fee) {
    return test::Wire()
        .u32(5)
        .u32(0)
        .key('f')
        .u64(fee)
        .raw(inner)
        .u32(0)
        .raw(no_signatures)
        .bytes();
}

// One envelope, decoded.
struct Envelope {
    explicit Envelope(std::string wire)
        : bytes(std::move(wire)),
          value(decoder.decode(xdr::stellar_schema().type("TransactionEnvelope"), bytes)) {}

    std::string bytes;
    xdr::Decoder decoder;
    xdr::Value value;
};

Hash hash_of(std::string const& envelope, std::string_view network = kPublic) {
    return transaction_hash(network_id(network), Envelope(envelope).value);
}

TEST(Identity, OfNetworks) {
    EXPECT_EQ(hex(network_id(kPublic).bytes()),
              "7ac33997544e3175d266bd022439b22cdb16508c01163f26e5cb2a3e1045a979");
    EXPECT_EQ(hex(network_id(kTestnet).bytes()),
              "cee0302d59844d32bdca915c8203dd44b33fbb7edc19051ea37abedf28ecd472");
}

TEST(Identity, ATransactionHasTheSameHashInV0AndV1) {
    EXPECT_EQ(hash_of(v0()), hash_of(v1()));
}

TEST(Identity, ATransactionHashTellsNetworksAndSourcesApart) {
    EXPECT_NE(hash_of(v1()), hash_of(v1(), kTestnet));
    EXPECT_NE(hash_of(v1()), hash_of(muxed()));
}

TEST(Identity, AFeeBumpHasAHashOfItsOwnAndThatOfItsTransaction) {
    Envelope const envelope(fee_bump(v1(), 400));
    auto const network = network_id(kPublic);
    EXPECT_EQ(inner_transaction_hash(network, envelope.value), hash_of(v1()));
    EXPECT_NE(transaction_hash(network, envelope.value), hash_of(v1()));
    EXPECT_NE(hash_of(fee_bump(v1(), 400)), hash_of(fee_bump(v1(), 401)));
    EXPECT_FALSE(inner_transaction_hash(network, Envelope(v1()).value));
}

TEST(Identity, AClaimableBalanceGoesByAccountSequenceAndOperation) {
    auto const id = claimable_balance_id(Envelope(v1()).value, 0);
    EXPECT_EQ(claimable_balance_id(Envelope(v0()).value, 0), id);
    EXPECT_EQ(claimable_balance_id(Envelope(muxed()).value, 0), id);
    EXPECT_EQ(claimable_balance_id(Envelope(fee_bump(v1(), 1)).value, 0), id);
    EXPECT_NE(claimable_balance_id(Envelope(v1()).value, 1), id);
    auto const preimage = test::Wire().u32(6).u32(0).key('k').u64(7).u32(0).bytes();
    EXPECT_EQ(sha256(preimage), id);
}

TEST(Identity, ABalanceFromRevokedPoolSharesGoesByPoolAndAssetToo) {
    Envelope const envelope(v1());
    auto const pool = test::Wire().key('p').bytes();
    auto const asset = test::Wire().u32(0).bytes();
    xdr::Decoder pools;
    xdr::Decoder assets;
    auto const id = revoked_claimable_balance_id(
        envelope.value, 3, pools.decode(xdr::stellar_schema().type("PoolID"), pool),
        assets.decode(xdr::stellar_schema().type("Asset"), asset));
    auto const preimage = test::Wire().u32(7).u32(0).key('k').u64(7).u32(3).key('p').u32(0).bytes();
    EXPECT_EQ(sha256(preimage), id);
}

TEST(Identity, OfTheContractsThatStandForTheNativeAsset) {
    auto const contract = [](std::string_view network) {
        auto const id = asset_contract_id(network_id(network), encode_asset("native").value());
        return format_strkey(StrKeyKind::contract, id.bytes());
    };
    EXPECT_EQ(contract(kPublic), "CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA");
    EXPECT_EQ(contract(kTestnet), "CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC");
}

TEST(Identity, AContractMadeFromAnAssetIsThatAssetsContract) {
    auto const asset = encode_asset("native").value();
    auto const preimage = test::Wire().u32(1).raw(asset).bytes();
    xdr::Decoder decoder;
    auto const value = decoder.decode(xdr::stellar_schema().type("ContractIDPreimage"), preimage);
    auto const network = network_id(kPublic);
    EXPECT_EQ(contract_id(network, value), asset_contract_id(network, asset));
}

}  // namespace
}  // namespace indexer::stellar
