#include "stellar/asset.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "stellar/strkey.hpp"
#include "stellar/xdr/text.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar {
namespace {

enum class AssetType : std::uint32_t { native, alphanum4, alphanum12 };

constexpr std::string_view kNative = "native";
constexpr std::size_t kShortCode = 4;
constexpr std::size_t kLongCode = 12;

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= kLongCode &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
           });
}

void append_type(std::string& out, AssetType type) {
    xdr::append_u32(out, static_cast<std::uint32_t>(type));
}

std::string encode_credit(std::string_view code, std::string_view issuer) {
    auto const is_short = code.size() <= kShortCode;
    std::string wire;
    append_type(wire, is_short ? AssetType::alphanum4 : AssetType::alphanum12);
    wire += code;
    wire.append((is_short ? kShortCode : kLongCode) - code.size(), '\0');
    xdr::append_u32(wire, 0);  // PublicKeyType: ed25519
    return wire.append(issuer);
}

}  // namespace

std::string asset_text(xdr::Value const& asset) {
    auto const credit = asset.content();
    if (!credit) return std::string(kNative);
    auto text = xdr::text_of((*credit)["asset_code"]) + ':';
    xdr::append_text(text, (*credit)["issuer"]);
    return text;
}

std::optional<std::string> encode_asset(std::string_view text) {
    if (text == kNative) return std::string(xdr::kWord, '\0');
    auto const colon = std::min(text.find(':'), text.size());
    auto const code = text.substr(0, colon);
    if (colon == text.size() || !is_code(code)) return std::nullopt;
    auto const issuer = parse_strkey(text.substr(colon + 1));
    if (!issuer || issuer->kind != StrKeyKind::account) return std::nullopt;
    return encode_credit(code, issuer->payload);
}

}  // namespace indexer::stellar
