#include "tests/support/stellar_ledgers.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "tests/support/wire.hpp"

namespace indexer::test {
namespace {

constexpr std::uint32_t kFirst = 2;

std::string sha256(std::string_view bytes) {
    std::string digest(32, '\0');
    EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
               EVP_sha256(), nullptr);
    return digest;
}

// A set without transactions.
std::string no_set(std::string_view previous) {
    return Wire().u32(1).raw(previous).u32(0).bytes();
}

std::string header(std::uint32_t seq, std::string_view previous) {
    Wire wire;
    wire.u32(20).raw(previous);  // protocol, previous hash
    wire.raw(sha256(no_set(previous))).u64(1'700'000'000U + 5U * seq).u32(0).u32(0);  // scp_value
    wire.raw(sha256(Wire().u32(0).bytes())).key('b').u32(seq);
    wire.u64(1'000'000'000'000).u64(500).u32(0).u64(7);  // coins, fee pool, inflation, ids
    wire.u32(100).u32(5'000'000).u32(1'000);             // fee, reserve, set size
    return wire.zeros(std::size_t{4} * 32).u32(0).bytes();
}

std::string header_before(std::uint32_t seq) {
    std::string bytes;
    std::string previous(32, '\0');
    for (std::uint32_t at = kFirst; at <= seq; ++at) {
        bytes = header(at, previous);
        previous = sha256(bytes);
    }
    return bytes;
}

}  // namespace

std::string empty_ledger(std::uint32_t seq, std::uint32_t upgrade) {
    auto const bytes = header_before(seq);
    Wire wire;
    wire.u32(1).u32(0);                                       // version, ext
    wire.raw(sha256(bytes)).raw(bytes).u32(0);                // ledger_header
    wire.raw(no_set(std::string_view(bytes).substr(4, 32)));  // tx_set
    wire.u32(0).u32(1).u32(upgrade).u32(200).u32(0).u32(0);   // upgrades_processing
    return wire.u64(4'096).u32(0).u32(0).bytes();
}

std::string to_base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3), '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                    reinterpret_cast<unsigned char const*>(bytes.data()),
                    static_cast<int>(bytes.size()));
    return text;
}

std::string ledger_json(std::uint32_t seq, std::string_view metadata) {
    return fmt::format(
        R"({{"hash":"00","sequence":{},"ledgerCloseTime":"1","headerXdr":"","metadataXdr":"{}"}})",
        seq, to_base64(metadata));
}

}  // namespace indexer::test
