#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace indexer::stellar {

// What a StrKey names; the value is the version byte it starts with. Secret seeds ("S...") are left
// out on purpose: no chain data holds one, and no input of ours may.
enum class StrKeyKind : std::uint8_t {
    claimable_balance = 1 << 3,      // B: a zero byte, 32 bytes
    contract = 2 << 3,               // C: 32 bytes
    account = 6 << 3,                // G: ed25519 key, 32 bytes
    liquidity_pool = 11 << 3,        // L: 32 bytes
    muxed_account = 12 << 3,         // M: ed25519 key, id of 8 bytes big endian
    muxed_contract = 22 << 3,        // W: contract, id of 8 bytes big endian (CAP-84)
    signed_payload = 15 << 3,        // P: ed25519 key, then 1 to 64 bytes as XDR opaque<64>
    pre_auth_transaction = 19 << 3,  // T: 32 bytes
    hash_x = 23 << 3,                // X: 32 bytes
};

// The text form of keys and addresses: base32 of version byte, payload and checksum.
// Source: SEP-23.
struct StrKey {
    StrKeyKind kind;
    std::string payload;

    friend bool operator==(StrKey const&, StrKey const&) = default;
};

// Requires: a payload of the kind's form.
void append_strkey(std::string& out, StrKeyKind kind, std::string_view payload);
[[nodiscard]] std::string format_strkey(StrKeyKind kind, std::string_view payload);

// Nothing for text that is no StrKey: each payload has exactly one text, and any other, down to a
// stray bit in the last character, is refused.
[[nodiscard]] std::optional<StrKey> parse_strkey(std::string_view text);

}  // namespace indexer::stellar
