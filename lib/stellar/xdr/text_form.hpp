#pragma once

#include <string>
#include <string_view>

#include "stellar/xdr/type.hpp"

namespace indexer::stellar::xdr {

// All take a checked value by where it begins on the wire, and give back where it ends.

// Requires: a form other than none and those of asset codes.
char const* append_text_form(std::string& out, TextForm form, char const* at);

[[nodiscard]] constexpr bool is_asset_code(TextForm form) noexcept {
    return form == TextForm::asset_code4 || form == TextForm::asset_code12 ||
           form == TextForm::asset_code;
}

struct AssetCodeBytes {
    std::string_view code;  // any bytes: the network allows only letters and digits, XDR all
    char const* end;
};

// Without the zero bytes at the end, but for those that tell a code of twelve from one of four.
// Requires: the form of an asset code.
[[nodiscard]] AssetCodeBytes asset_code_bytes(TextForm form, char const* at);

}  // namespace indexer::stellar::xdr
