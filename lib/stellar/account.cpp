#include "stellar/account.hpp"

#include "stellar/strkey.hpp"

namespace indexer::stellar {

AccountColumns account_columns(xdr::Value const& muxed_account) {
    auto const content = *muxed_account.content();
    if (muxed_account.discriminant() == 0) {  // CryptoKeyType: ed25519
        return {format_strkey(StrKeyKind::account, content.bytes()), std::nullopt};
    }
    return {format_strkey(StrKeyKind::account, content["ed25519"].bytes()),
            model::Numeric{.magnitude = content["id"].natural()}};
}

}  // namespace indexer::stellar
