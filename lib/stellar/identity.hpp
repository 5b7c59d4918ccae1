#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "stellar/hash.hpp"
#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// How the network names things: each is the hash of some XDR. Source: Stellar-transaction.x
// (TransactionSignaturePayload, HashIDPreimage) and stellar-core's use of them.

// From the network's passphrase, "Public Global Stellar Network ; September 2015" for the main one.
[[nodiscard]] Hash network_id(std::string_view passphrase) noexcept;

// Of a TransactionEnvelope; of a fee bump the outer transaction's, which RPC and results go by.
[[nodiscard]] Hash transaction_hash(Hash const& network, xdr::Value const& envelope);

// Of the transaction inside a fee bump; nothing for other envelopes.
[[nodiscard]] std::optional<Hash> inner_transaction_hash(Hash const& network,
                                                         xdr::Value const& envelope);

// Of a LedgerHeader.
[[nodiscard]] Hash ledger_hash(xdr::Value const& header);

// Of the balance that the operation at this index of a TransactionEnvelope creates.
[[nodiscard]] Hash claimable_balance_id(xdr::Value const& envelope, std::uint32_t operation);

// Of the balance that pool shares turn into when the operation revokes the right to hold them: one
// for each Asset of the pool, a PoolID.
[[nodiscard]] Hash revoked_claimable_balance_id(xdr::Value const& envelope, std::uint32_t operation,
                                                xdr::Value const& pool, xdr::Value const& asset);

// Of the pool with these LiquidityPoolConstantProductParameters.
[[nodiscard]] Hash liquidity_pool_id(xdr::Value const& parameters);

// Of the contract made from a ContractIDPreimage.
[[nodiscard]] Hash contract_id(Hash const& network, xdr::Value const& preimage);

// Of the contract that stands for an asset, from its XDR (encode_asset() or Value::wire()).
[[nodiscard]] Hash asset_contract_id(Hash const& network, std::string_view asset);

}  // namespace indexer::stellar
