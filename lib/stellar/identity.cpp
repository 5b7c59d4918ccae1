#include "stellar/identity.hpp"

#include <string>

#include "stellar/xdr/wire.hpp"

namespace indexer::stellar {
namespace {

// EnvelopeType: what a preimage begins with, so that no two kinds of thing can share a hash.
enum class Purpose : std::uint32_t {
    transaction = 2,
    fee_bump = 5,
    operation_id = 6,
    revoked_pool_share_id = 7,
    contract_id = 8,
};

constexpr std::uint32_t kAccountKey = 0;       // PublicKeyType, CryptoKeyType: ed25519
constexpr std::uint32_t kConstantProduct = 0;  // LiquidityPoolType
constexpr std::uint32_t kAssetPreimage = 1;    // ContractIDPreimageType
constexpr std::size_t kMuxedKeyOffset = 12;    // of MuxedAccount: type, then the id

std::string preimage(Hash const& network, Purpose purpose) {
    std::string bytes(network.bytes());
    xdr::append_u32(bytes, static_cast<std::uint32_t>(purpose));
    return bytes;
}

Hash hash_of(Hash const& network, Purpose purpose, std::string_view signed_part) {
    return sha256(preimage(network, purpose).append(signed_part));
}

Hash hash_of(Hash const& network, xdr::Value const& transaction) {
    return hash_of(network, Purpose::transaction, transaction.wire());
}

// A V0 transaction is hashed as the V1 transaction it is equal to: that has a word more in front,
// and where V0 has optional time bounds, preconditions that look the same.
Hash hash_of_v0(Hash const& network, xdr::Value const& transaction) {
    auto bytes = preimage(network, Purpose::transaction);
    xdr::append_u32(bytes, kAccountKey);
    return sha256(bytes.append(transaction.wire()));
}

// The envelope of the transaction inside a fee bump.
xdr::Value inner_envelope(xdr::Value const& fee_bump) {
    return *fee_bump["tx"]["inner_tx"].content();
}

// The transaction whose operations are run.
xdr::Value transaction_of(xdr::Value const& envelope) {
    auto const fee_bump = envelope.when("tx_fee_bump");
    return fee_bump ? inner_envelope(*fee_bump)["tx"] : (*envelope.content())["tx"];
}

std::string_view source_key(xdr::Value const& transaction, bool is_v0) {
    if (is_v0) return transaction["source_account_ed25519"].bytes();
    auto const account = transaction["source_account"];
    auto const is_plain = account.discriminant() == 0;
    return account.wire().substr(is_plain ? xdr::kWord : kMuxedKeyOffset);
}

// HashIDPreimageOperationID, with which HashIDPreimageRevokeID begins too.
std::string operation_id(Purpose purpose, xdr::Value const& envelope, std::uint32_t operation) {
    auto const transaction = transaction_of(envelope);
    std::string bytes;
    xdr::append_u32(bytes, static_cast<std::uint32_t>(purpose));
    xdr::append_u32(bytes, kAccountKey);
    bytes += source_key(transaction, envelope.arm() == "tx_v0");
    bytes += transaction["seq_num"].wire();
    xdr::append_u32(bytes, operation);
    return bytes;
}

}  // namespace

Hash network_id(std::string_view passphrase) noexcept {
    return sha256(passphrase);
}

Hash transaction_hash(Hash const& network, xdr::Value const& envelope) {
    if (auto const v0 = envelope.when("tx_v0")) return hash_of_v0(network, (*v0)["tx"]);
    if (auto const v1 = envelope.when("tx")) return hash_of(network, (*v1)["tx"]);
    return hash_of(network, Purpose::fee_bump, (*envelope.content())["tx"].wire());
}

std::optional<Hash> inner_transaction_hash(Hash const& network, xdr::Value const& envelope) {
    auto const fee_bump = envelope.when("tx_fee_bump");
    if (!fee_bump) return std::nullopt;
    return hash_of(network, inner_envelope(*fee_bump)["tx"]);
}

Hash ledger_hash(xdr::Value const& header) {
    return sha256(header.wire());
}

Hash claimable_balance_id(xdr::Value const& envelope, std::uint32_t operation) {
    return sha256(operation_id(Purpose::operation_id, envelope, operation));
}

Hash revoked_claimable_balance_id(xdr::Value const& envelope, std::uint32_t operation,
                                  xdr::Value const& pool, xdr::Value const& asset) {
    auto bytes = operation_id(Purpose::revoked_pool_share_id, envelope, operation);
    return sha256(bytes.append(pool.wire()).append(asset.wire()));
}

Hash liquidity_pool_id(xdr::Value const& parameters) {
    std::string bytes;
    xdr::append_u32(bytes, kConstantProduct);
    return sha256(bytes.append(parameters.wire()));
}

Hash contract_id(Hash const& network, xdr::Value const& preimage) {
    std::string bytes;
    xdr::append_u32(bytes, static_cast<std::uint32_t>(Purpose::contract_id));
    return sha256(bytes.append(network.bytes()).append(preimage.wire()));
}

Hash asset_contract_id(Hash const& network, std::string_view asset) {
    std::string bytes;
    xdr::append_u32(bytes, static_cast<std::uint32_t>(Purpose::contract_id));
    bytes += network.bytes();
    xdr::append_u32(bytes, kAssetPreimage);
    return sha256(bytes.append(asset));
}

}  // namespace indexer::stellar
