#include "stellar/strkey.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "stellar/base32.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar {
namespace {

constexpr std::size_t kKeySize = 32;
constexpr std::size_t kMaxPayloadSize = kKeySize + xdr::kWord + 64;  // of a signed payload
constexpr std::size_t kChecksumSize = 2;

using CrcTable = std::array<std::uint16_t, 256>;

constexpr CrcTable make_crc_table() {
    CrcTable table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte) {
        auto remainder = static_cast<unsigned>(byte << 8);
        for (int bit = 0; bit < 8; ++bit) {
            remainder = (remainder << 1) ^ ((remainder & 0x8000U) != 0 ? 0x1021U : 0U);
        }
        table[byte] = static_cast<std::uint16_t>(remainder);
    }
    return table;
}

// The effect of a byte with zero to seven bytes behind it, so that eight are one step: addresses
// are most of what a ledger is in text.
constexpr std::array<CrcTable, 8> make_crc_tables() {
    std::array<CrcTable, 8> tables{make_crc_table()};
    for (std::size_t behind = 1; behind < tables.size(); ++behind) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            unsigned const crc = tables[behind - 1][byte];
            tables[behind][byte] = static_cast<std::uint16_t>((crc << 8) ^ tables[0][crc >> 8]);
        }
    }
    return tables;
}

// CRC-16/XModem: polynomial 0x1021, start 0, not reflected.
unsigned checksum(std::string_view bytes) {
    static constexpr auto kTables = make_crc_tables();
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    unsigned crc = 0;
    for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
        crc = kTables[7][(crc >> 8) ^ byte(0)] ^ kTables[6][(crc & 0xFFU) ^ byte(1)] ^
              kTables[5][byte(2)] ^ kTables[4][byte(3)] ^ kTables[3][byte(4)] ^
              kTables[2][byte(5)] ^ kTables[1][byte(6)] ^ kTables[0][byte(7)];
    }
    for (; !bytes.empty(); bytes.remove_prefix(1)) {
        crc = ((crc << 8) & 0xFFFFU) ^ kTables[0][(crc >> 8) ^ byte(0)];
    }
    return crc;
}

bool is_zero(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; });
}

bool is_signed_payload(std::string_view payload) {
    if (payload.size() < kKeySize + xdr::kWord) return false;
    auto const length = xdr::load_u32(payload.data() + kKeySize);
    auto const content = payload.substr(kKeySize + xdr::kWord);
    return length >= 1 && length <= 64 && content.size() == xdr::padded(length) &&
           is_zero(content.substr(length));
}

bool is_payload(StrKeyKind kind, std::string_view payload) {
    switch (kind) {
        case StrKeyKind::account:
        case StrKeyKind::contract:
        case StrKeyKind::liquidity_pool:
        case StrKeyKind::pre_auth_transaction:
        case StrKeyKind::hash_x:
            return payload.size() == kKeySize;
        case StrKeyKind::muxed_account:
        case StrKeyKind::muxed_contract:
            return payload.size() == kKeySize + 8;
        case StrKeyKind::claimable_balance:
            return payload.size() == 1 + kKeySize && payload.front() == 0;
        case StrKeyKind::signed_payload:
            return is_signed_payload(payload);
    }
    return false;
}

}  // namespace

void append_strkey(std::string& out, StrKeyKind kind, std::string_view payload) {
    std::array<char, 1 + kMaxPayloadSize + kChecksumSize> bytes{static_cast<char>(kind)};
    auto* end = std::copy(payload.begin(), payload.end(), bytes.begin() + 1);
    auto const crc = checksum({bytes.data(), 1 + payload.size()});
    *end++ = static_cast<char>(crc & 0xFFU);  // low byte first
    *end++ = static_cast<char>(crc >> 8);
    append_base32(out, {bytes.data(), 1 + payload.size() + kChecksumSize});
}

std::string format_strkey(StrKeyKind kind, std::string_view payload) {
    std::string text;
    append_strkey(text, kind, payload);
    return text;
}

std::optional<StrKey> parse_strkey(std::string_view text) {
    auto bytes = parse_base32(text);
    if (!bytes || bytes->size() <= 1 + kChecksumSize) return std::nullopt;
    auto const sum = bytes->substr(bytes->size() - kChecksumSize);
    bytes->resize(bytes->size() - kChecksumSize);
    auto const crc = checksum(*bytes);
    if (sum[0] != static_cast<char>(crc & 0xFFU) || sum[1] != static_cast<char>(crc >> 8)) {
        return std::nullopt;
    }
    auto const kind = static_cast<StrKeyKind>(bytes->front());
    bytes->erase(0, 1);
    if (!is_payload(kind, *bytes)) return std::nullopt;
    return StrKey{.kind = kind, .payload = std::move(*bytes)};
}

}  // namespace indexer::stellar
