#include "stellar/transaction.hpp"

#include <utility>

#include "stellar/result.hpp"
#include "stellar/strkey.hpp"

namespace indexer::stellar {
namespace {

AccountColumns source_of(xdr::Value const& body, bool is_v0) {
    if (!is_v0) return account_columns(body["source_account"]);
    return {format_strkey(StrKeyKind::account, body["source_account_ed25519"].bytes()),
            std::nullopt};
}

}  // namespace

Transaction read_transaction(std::int32_t application_order, std::string id,
                             xdr::Value const& envelope, xdr::Value const& result) {
    auto const outer = (*envelope.content())["tx"];
    auto const is_fee_bump = envelope.arm() == "tx_fee_bump";
    auto const is_v0 = envelope.arm() == "tx_v0";
    auto const body = is_fee_bump ? (*outer["inner_tx"].content())["tx"] : outer;
    return {.id = std::move(id),
            .envelope = envelope,
            .result = result,
            .body = body,
            .fee_bump = is_fee_bump ? xdr::OptionalValue(outer) : std::nullopt,
            .source = source_of(body, is_v0),
            .application_order = application_order,
            .is_v0 = is_v0,
            .succeeded = stellar::succeeded(result)};
}

AccountColumns operation_source(Transaction const& transaction, xdr::Value const& operation) {
    auto const own = operation["source_account"].present();
    return own ? account_columns(*own) : transaction.source;
}

}  // namespace indexer::stellar
