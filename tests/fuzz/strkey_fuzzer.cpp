// Any text as a StrKey: what is read must be written again as the very same text. And, so that
// checksums are no obstacle, any payload as any kind: what is read must be what was written.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "stellar/strkey.hpp"

namespace indexer::stellar {
namespace {

constexpr std::size_t kLongestPayload = 100;

void try_text(std::string_view text) {
    auto const key = parse_strkey(text);
    if (key && format_strkey(key->kind, key->payload) != text) std::abort();
}

void try_payload(StrKeyKind kind, std::string_view payload) {
    if (payload.size() > kLongestPayload) return;
    auto const key = parse_strkey(format_strkey(kind, payload));
    if (key && (key->kind != kind || key->payload != payload)) std::abort();
}

}  // namespace
}  // namespace indexer::stellar

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace indexer::stellar;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    try_text(bytes);
    if (!bytes.empty()) try_payload(static_cast<StrKeyKind>(data[0]), bytes.substr(1));
    return 0;
}
