#include <string>

#include "stellar/rows.hpp"

namespace indexer::stellar {
namespace {

// The network's own fee events name no asset; they come from the contract of its own coin.
constexpr std::string_view kFee = "fee";
constexpr std::string_view kNative = "native";

}  // namespace

void append_token_operation(LedgerHead const& head, Transaction const& transaction,
                            Event const& event, std::optional<std::string> const& contract,
                            TokenOperation const& operation, AssetContracts& contracts,
                            model::RowBatch& rows) {
    auto asset = operation.asset;
    if (operation.type == kFee) asset = kNative;
    bool const is_asset = asset && contract && contracts.is_contract_of(*contract, *asset);
    rows.append(head.seq.value(), event.id, operation.type, head.closed_at, contract,
                transaction.id, event.transaction, event.operation, operation.from, operation.to,
                operation.admin, operation.amount, operation.authorized,
                operation.expiration_ledger, operation.to_muxed_id, operation.to_muxed_type, asset,
                is_asset);
}

}  // namespace indexer::stellar
