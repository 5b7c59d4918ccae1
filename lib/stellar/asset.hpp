#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// The text that names an asset, as contracts of assets write it: "native" or "CODE:G...". A code
// of one to four letters and digits is another asset than the same code stored with twelve bytes;
// only the wire tells those apart.

// Of an Asset.
[[nodiscard]] std::string asset_text(xdr::Value const& asset);

// An Asset's XDR; nothing for text that names none.
[[nodiscard]] std::optional<std::string> encode_asset(std::string_view text);

}  // namespace indexer::stellar
