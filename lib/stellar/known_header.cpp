#include "stellar/known_header.hpp"

#include <algorithm>
#include <array>

#include "stellar/xdr/wire.hpp"

namespace indexer::stellar {
namespace {

constexpr std::size_t kHash = std::tuple_size_v<decltype(Hash::digest)>;

// Where the hash in front of the header has stood so far: behind the version, and an extension of
// a word or of four. Then wherever a longer extension would put it.
constexpr std::array<std::size_t, 12> kPlaces{20, 8, 4, 12, 16, 24, 28, 32, 36, 40, 44, 48};

// Of a header with an empty value, and more than one with the longest upgrades and arms takes.
constexpr std::size_t kLeast = 324;
constexpr std::size_t kMost = 4'096;

constexpr std::size_t kPreviousHash = xdr::kWord;  // behind the protocol

Hash hash_at(std::string_view bytes, std::size_t at) {
    Hash hash;
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), kHash, hash.digest.begin());
    return hash;
}

bool names(std::string_view header, base::Seq seq) {
    for (auto at = kPreviousHash + kHash; at < header.size(); at += xdr::kWord) {
        if (xdr::load_u32(header.data() + at) == seq.value()) return true;
    }
    return false;
}

// How long the header is whose hash that is; 0 when there is none.
std::size_t size_of_header(std::string_view bytes, Hash const& hash) {
    auto const most = std::min(kMost, bytes.size());
    for (auto size = kLeast; size <= most; size += xdr::kWord) {
        if (sha256(bytes.substr(0, size)) == hash) return size;
    }
    return 0;
}

}  // namespace

std::optional<KnownHeader> find_header(std::string_view ledger, base::Seq seq) {
    for (auto const place : kPlaces) {
        auto const begin = place + kHash;
        if (ledger.size() < begin + kLeast) continue;
        auto const hash = hash_at(ledger, place);
        auto const size = size_of_header(ledger.substr(begin), hash);
        if (size == 0) continue;
        auto const header = ledger.substr(begin, size);
        if (!names(header, seq)) return std::nullopt;
        return KnownHeader{.hash = hash,
                           .previous_hash = hash_at(header, kPreviousHash),
                           .protocol = xdr::load_u32(header.data()),
                           .begin = begin,
                           .end = begin + size};
    }
    return std::nullopt;
}

}  // namespace indexer::stellar
