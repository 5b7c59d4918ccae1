#include "stellar/xdr/text_form.hpp"

#include <cstddef>

#include "stellar/strkey.hpp"
#include "stellar/xdr/wide_integer.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar::xdr {
namespace {

constexpr std::size_t kKey = 32;         // a key, a hash, a contract id
constexpr std::size_t kId = 8;           // of a multiplexed account or contract
constexpr std::uint32_t kAlphanum4 = 1;  // AssetType

char const* key(std::string& out, StrKeyKind kind, char const* at) {
    append_strkey(out, kind, {at, kKey});
    return at + kKey;
}

// On the wire the id comes first, in the text last.
char const* muxed(std::string& out, StrKeyKind kind, char const* at) {
    std::string payload(at + kId, kKey);
    payload.append(at, kId);
    append_strkey(out, kind, payload);
    return at + kId + kKey;
}

char const* muxed_account(std::string& out, char const* at) {
    auto const is_plain = load_u32(at) == 0;  // CryptoKeyType: ed25519
    at += kWord;
    return is_plain ? key(out, StrKeyKind::account, at) : muxed(out, StrKeyKind::muxed_account, at);
}

// The type word, of which the text keeps one byte.
char const* claimable_balance(std::string& out, char const* at) {
    append_strkey(out, StrKeyKind::claimable_balance, {at + kWord - 1, 1 + kKey});
    return at + kWord + kKey;
}

char const* address(std::string& out, char const* at) {
    auto const kind = load_u32(at);
    at += kWord;
    switch (kind) {  // SCAddressType
        case 0:
            return key(out, StrKeyKind::account, at + kWord);
        case 1:
            return key(out, StrKeyKind::contract, at);
        case 2:
            return muxed(out, StrKeyKind::muxed_account, at);
        case 3:
            return claimable_balance(out, at);
        case 4:
            return key(out, StrKeyKind::liquidity_pool, at);
        default:
            return muxed(out, StrKeyKind::muxed_contract, at);
    }
}

char const* signed_payload(std::string& out, char const* at) {
    auto const size = kKey + kWord + padded(load_u32(at + kKey));
    append_strkey(out, StrKeyKind::signed_payload, {at, size});
    return at + size;
}

char const* signer(std::string& out, char const* at) {
    auto const kind = load_u32(at);
    at += kWord;
    switch (kind) {  // SignerKeyType
        case 0:
            return key(out, StrKeyKind::account, at);
        case 1:
            return key(out, StrKeyKind::pre_auth_transaction, at);
        case 2:
            return key(out, StrKeyKind::hash_x, at);
        default:
            return signed_payload(out, at);
    }
}

char const* wide(std::string& out, char const* at, int limbs, bool is_signed) {
    append_wide_integer(out, at, limbs, is_signed);
    return at + static_cast<std::size_t>(limbs) * sizeof(std::uint64_t);
}

AssetCodeBytes trimmed(char const* at, std::size_t width, std::size_t least) {
    auto length = width;
    while (length > least && at[length - 1] == 0) --length;
    return {.code = {at, length}, .end = at + width};
}

}  // namespace

char const* append_text_form(std::string& out, TextForm form, char const* at) {
    switch (form) {
        case TextForm::account:
            return key(out, StrKeyKind::account, at + kWord);
        case TextForm::muxed_account:
            return muxed_account(out, at);
        case TextForm::muxed:
            return muxed(out, StrKeyKind::muxed_account, at);
        case TextForm::muxed_contract:
            return muxed(out, StrKeyKind::muxed_contract, at);
        case TextForm::contract:
            return key(out, StrKeyKind::contract, at);
        case TextForm::liquidity_pool:
            return key(out, StrKeyKind::liquidity_pool, at);
        case TextForm::claimable_balance:
            return claimable_balance(out, at);
        case TextForm::address:
            return address(out, at);
        case TextForm::signer:
            return signer(out, at);
        case TextForm::signed_payload:
            return signed_payload(out, at);
        case TextForm::u128:
            return wide(out, at, 2, false);
        case TextForm::i128:
            return wide(out, at, 2, true);
        case TextForm::u256:
            return wide(out, at, 4, false);
        case TextForm::i256:
            return wide(out, at, 4, true);
        default:
            return at;
    }
}

AssetCodeBytes asset_code_bytes(TextForm form, char const* at) {
    auto width = form == TextForm::asset_code4 ? 4U : 12U;
    if (form == TextForm::asset_code) {
        width = load_u32(at) == kAlphanum4 ? 4U : 12U;
        at += kWord;
    }
    return trimmed(at, width, width == 4 ? 0 : 5);
}

}  // namespace indexer::stellar::xdr
