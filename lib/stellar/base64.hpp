#pragma once

#include <string>
#include <string_view>

namespace indexer::stellar {

// Replaces `bytes` by what `text` encodes: base64 of RFC 4648, standard alphabet, padded, as RPC
// answers carry XDR. False for other text, which leaves `bytes` unspecified. Keeps the memory that
// `bytes` has.
[[nodiscard]] bool decode_base64(std::string_view text, std::string& bytes);

// Appends what decode_base64() reads.
void append_base64(std::string& out, std::string_view bytes);

}  // namespace indexer::stellar
