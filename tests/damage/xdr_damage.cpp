#include "tests/damage/xdr_damage.hpp"

#include <algorithm>
#include <array>

#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"

namespace indexer::damage {
namespace {

namespace xdr = stellar::xdr;
using Place = XdrLedger::Place;
using Random = std::mt19937_64;

constexpr std::size_t kWord = 4;

std::size_t below(Random& random, std::size_t end) {
    return static_cast<std::size_t>(random() % end);
}

// What a header commits to by a hash: itself, the set of transactions, and their results.
bool is_behind_a_hash(std::string_view field) {
    constexpr std::array<std::string_view, 6> kNot{"fee_processing",
                                                   "tx_apply_processing",
                                                   "post_tx_apply_fee_processing",
                                                   "upgrades_processing",
                                                   "total_byte_size_of_live_soroban_state",
                                                   "evicted_keys"};
    return field != "scp_info" && field != "unused" && field != "ext" &&
           std::find(kNot.begin(), kNot.end(), field) == kNot.end();
}

void put_count(std::string& bytes, std::size_t at, std::size_t count) {
    for (std::size_t i = 0; i < kWord; ++i) {
        bytes[at + i] = static_cast<char>(count >> (8 * (kWord - 1 - i)));
    }
}

bool is_list(Place const& place) {
    return place.kind == xdr::Kind::variable_array && place.elements.size() > 1;
}

std::size_t count_of(Place const& place) {
    return place.elements.size() - 1;
}

// An element's bytes: where they begin, and how many they are.
std::pair<std::size_t, std::size_t> element(Place const& place, std::size_t number) {
    return {place.elements[number], place.elements[number + 1] - place.elements[number]};
}

bool empty_list(std::string& bytes, Place const& place, Random& /*random*/) {
    if (!is_list(place)) return false;
    put_count(bytes, place.from, 0);
    bytes.erase(place.from + kWord, place.size - kWord);
    return true;
}

bool remove_element(std::string& bytes, Place const& place, Random& random) {
    if (!is_list(place)) return false;
    auto const [from, size] = element(place, below(random, count_of(place)));
    bytes.erase(from, size);
    put_count(bytes, place.from, count_of(place) - 1);
    return true;
}

bool double_element(std::string& bytes, Place const& place, Random& random) {
    if (!is_list(place)) return false;
    auto const [from, size] = element(place, below(random, count_of(place)));
    bytes.insert(from, bytes.substr(from, size));
    put_count(bytes, place.from, count_of(place) + 1);
    return true;
}

bool swap_elements(std::string& bytes, Place const& place, Random& random) {
    if (!is_list(place) || count_of(place) < 2) return false;
    auto const first = below(random, count_of(place) - 1);
    auto const [from, size] = element(place, first);
    auto const [behind, next] = element(place, first + 1);
    auto const swapped = bytes.substr(behind, next) + bytes.substr(from, size);
    if (swapped == bytes.substr(from, size + next)) return false;
    bytes.replace(from, size + next, swapped);
    return true;
}

bool drop_optional(std::string& bytes, Place const& place, Random& /*random*/) {
    if (place.kind != xdr::Kind::optional || place.size == kWord) return false;
    put_count(bytes, place.from, 0);
    bytes.erase(place.from + kWord, place.size - kWord);
    return true;
}

bool is_number(xdr::Kind kind) {
    return kind == xdr::Kind::int32 || kind == xdr::Kind::uint32 || kind == xdr::Kind::int64 ||
           kind == xdr::Kind::uint64;
}

bool change_number(std::string& bytes, Place const& place, Random& random) {
    if (!is_number(place.kind)) return false;
    auto& last = bytes[place.from + place.size - 1];
    last = static_cast<char>(static_cast<unsigned char>(last) + 1 + below(random, 200));
    return true;
}

bool make_zero(std::string& bytes, Place const& place, Random& /*random*/) {
    std::string const zeros(place.size, '\0');
    if (!is_number(place.kind) || bytes.compare(place.from, place.size, zeros) == 0) return false;
    bytes.replace(place.from, place.size, zeros);
    return true;
}

bool change_word(std::string& bytes, Place const& place, Random& random) {
    bool const named = place.kind == xdr::Kind::enumeration ||
                       place.kind == xdr::Kind::tagged_union || place.kind == xdr::Kind::boolean;
    if (!named) return false;
    auto& last = bytes[place.from + kWord - 1];
    last = static_cast<char>(static_cast<unsigned char>(last) ^ (1U << below(random, 3)));
    return true;
}

bool change_bytes(std::string& bytes, Place const& place, Random& random) {
    bool const counted =
        place.kind == xdr::Kind::variable_opaque || place.kind == xdr::Kind::string;
    if (!counted && place.kind != xdr::Kind::opaque) return false;
    auto const head = counted ? kWord : 0;
    if (place.size == head) return false;
    auto& byte = bytes[place.from + head + below(random, place.size - head)];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << below(random, 8)));
    return true;
}

bool empty_bytes(std::string& bytes, Place const& place, Random& /*random*/) {
    bool const counted =
        place.kind == xdr::Kind::variable_opaque || place.kind == xdr::Kind::string;
    if (!counted || place.size == kWord) return false;
    put_count(bytes, place.from, 0);
    bytes.erase(place.from + kWord, place.size - kWord);
    return true;
}

void cut_off(std::string& bytes, Random& random) {
    bytes.resize(below(random, bytes.size()) / kWord * kWord);
}

void lose_words(std::string& bytes, Random& random) {
    bytes.erase(below(random, bytes.size()) / kWord * kWord, kWord * (1 + below(random, 20)));
}

void add_words(std::string& bytes, Random& random) {
    bytes.insert(below(random, bytes.size()) / kWord * kWord, kWord * (1 + below(random, 3)), '\0');
}

void change_bit(std::string& bytes, Random& random) {
    auto& byte = bytes[below(random, bytes.size())];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << below(random, 8)));
}

}  // namespace

XdrLedger::XdrLedger(std::string bytes) : bytes_(std::move(bytes)) {
    xdr::Decoder decoder;
    find(decoder.decode(xdr::stellar_schema().type("LedgerCloseMeta"), bytes_), true, "ledger");
}

void XdrLedger::find(xdr::Value value, bool hashed, std::string_view field) {
    Place place{.from = static_cast<std::size_t>(value.wire().data() - bytes_.data()),
                .size = value.wire().size(),
                .kind = value.type().kind,
                .field = field};
    if (place.kind == xdr::Kind::variable_array) {
        for (xdr::Value const part : value) {
            place.elements.push_back(static_cast<std::size_t>(part.wire().data() - bytes_.data()));
        }
        place.elements.push_back(place.from + place.size);
    }
    (hashed ? hashed_ : rest_).push_back(std::move(place));
    find_parts(value, hashed, field);
}

void XdrLedger::find_parts(xdr::Value value, bool hashed, std::string_view field) {
    switch (value.type().kind) {
        case xdr::Kind::structure:
            for (xdr::Field const& part : value.type().fields) {
                find(value[part.name], hashed && is_behind_a_hash(part.name), part.name);
            }
            break;
        case xdr::Kind::tagged_union:
            if (auto const content = value.content()) find(*content, hashed, field);
            break;
        case xdr::Kind::optional:
            if (auto const present = value.present()) find(*present, hashed, field);
            break;
        case xdr::Kind::array:
        case xdr::Kind::variable_array:
            for (xdr::Value const part : value) find(part, hashed, field);
            break;
        default:
            break;
    }
}

std::vector<XdrKind> const& xdr_kinds() {
    static std::vector<XdrKind> const kinds{
        {"list emptied", empty_list},         {"element removed", remove_element},
        {"element doubled", double_element},  {"elements swapped", swap_elements},
        {"optional left out", drop_optional}, {"number changed", change_number},
        {"number is zero", make_zero},        {"arm or word changed", change_word},
        {"bytes changed", change_bytes},      {"bytes emptied", empty_bytes},
        {"cut off", nullptr, cut_off},        {"words lost", nullptr, lose_words},
        {"words added", nullptr, add_words},  {"bit changed", nullptr, change_bit},
    };
    return kinds;
}

Damaged damaged(XdrLedger const& ledger, bool hashed, XdrKind const& kind, Random& random) {
    auto bytes = ledger.bytes();
    if (kind.garble != nullptr) {
        kind.garble(bytes, random);
        return {std::move(bytes), "the bytes"};
    }
    auto const& places = ledger.places(hashed);
    auto const start = places.empty() ? 0 : below(random, places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto const& place = places[(start + i) % places.size()];
        if (kind.hit(bytes, place, random)) return {std::move(bytes), std::string(place.field)};
    }
    return {};
}

}  // namespace indexer::damage
