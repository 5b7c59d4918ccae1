#include "tests/damage/json_damage.hpp"

#include <algorithm>
#include <map>

namespace indexer::damage {
namespace {

using Kind = Json::Kind;
using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t end) {
    return static_cast<std::size_t>(random() % end);
}

Json& part_of(Json& holder, std::size_t part) {
    return holder.parts[part].second;
}

bool is_list(Json const& json) {
    return json.kind == Kind::array || json.kind == Kind::object;
}

auto at(Json& holder, std::size_t part) {
    return holder.parts.begin() + static_cast<std::ptrdiff_t>(part);
}

bool remove_member(Json& holder, std::size_t part, Random& /*random*/) {
    if (holder.kind != Kind::object) return false;
    holder.parts.erase(at(holder, part));
    return true;
}

bool rename_member(Json& holder, std::size_t part, Random& /*random*/) {
    if (holder.kind != Kind::object) return false;
    holder.parts[part].first += "_";
    return true;
}

bool make_null(Json& holder, std::size_t part, Random& /*random*/) {
    if (part_of(holder, part).kind == Kind::null) return false;
    part_of(holder, part) = {};
    return true;
}

bool empty_list(Json& holder, std::size_t part, Random& /*random*/) {
    auto& list = part_of(holder, part);
    if (!is_list(list) || list.parts.empty()) return false;
    list.parts.clear();
    return true;
}

bool remove_element(Json& holder, std::size_t part, Random& /*random*/) {
    if (holder.kind != Kind::array) return false;
    holder.parts.erase(at(holder, part));
    return true;
}

bool double_element(Json& holder, std::size_t part, Random& /*random*/) {
    if (holder.kind != Kind::array) return false;
    auto const copy = holder.parts[part];
    holder.parts.insert(at(holder, part), copy);
    return true;
}

bool swap_elements(Json& holder, std::size_t part, Random& random) {
    if (holder.kind != Kind::array || holder.parts.size() < 2) return false;
    auto const other = below(random, holder.parts.size());
    if (write(part_of(holder, part)) == write(part_of(holder, other))) return false;
    std::swap(holder.parts[part], holder.parts[other]);
    return true;
}

bool change_number(Json& holder, std::size_t part, Random& random) {
    auto& number = part_of(holder, part);
    if (number.kind != Kind::number) return false;
    auto& digit = number.text[below(random, number.text.size())];
    if (digit < '0' || digit > '9') return false;
    digit = digit == '9' ? '8' : static_cast<char>(digit + 1);
    return true;
}

bool make_zero(Json& holder, std::size_t part, Random& /*random*/) {
    auto& number = part_of(holder, part);
    if (number.kind != Kind::number || number.text == "0") return false;
    number.text = "0";
    return true;
}

bool negate(Json& holder, std::size_t part, Random& /*random*/) {
    auto& number = part_of(holder, part);
    if (number.kind != Kind::number || number.text == "0") return false;
    number.text = number.text.front() == '-' ? number.text.substr(1) : '-' + number.text;
    return true;
}

bool change_character(Json& holder, std::size_t part, Random& random) {
    auto& string = part_of(holder, part);
    if (string.kind != Kind::string || string.text.empty()) return false;
    auto& character = string.text[below(random, string.text.size())];
    auto const was = character;
    while (character == was) character = "123456789ABCDEFGHJKLMNPQRSTUVWXYZ"[below(random, 33)];
    return true;
}

bool shorten_string(Json& holder, std::size_t part, Random& random) {
    auto& string = part_of(holder, part);
    if (string.kind != Kind::string || string.text.empty()) return false;
    string.text.resize(below(random, string.text.size()));
    return true;
}

bool change_type(Json& holder, std::size_t part, Random& /*random*/) {
    auto& value = part_of(holder, part);
    if (value.kind == Kind::null) return false;
    value = value.kind == Kind::string ? Json{Kind::number, "7", {}}
                                       : Json{Kind::string, write(value), {}};
    return true;
}

void cut_off(std::string& text, Random& random) {
    text.resize(below(random, text.size()));
}

void lose_bytes(std::string& text, Random& random) {
    auto const from = below(random, text.size());
    text.erase(from, 1 + below(random, 400));
}

void change_byte(std::string& text, Random& random) {
    auto& byte = text[below(random, text.size())];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << below(random, 7)));
}

// An answer may have nowhere to be damaged so.
constexpr int kAttempts = 200;

// Where a value stands, by the key it is below.
struct Place {
    Json* holder;
    std::size_t part;
};
using Places = std::map<std::string, std::vector<Place>>;

void find_places(Json& holder, std::string const& key, Places& places) {
    for (std::size_t part = 0; part < holder.parts.size(); ++part) {
        auto& [name, value] = holder.parts[part];
        auto const& known = name.empty() ? key : name;
        places[known].push_back({&holder, part});
        if (is_list(value)) find_places(value, known, places);
    }
}

}  // namespace

std::vector<JsonKind> const& json_kinds() {
    static std::vector<JsonKind> const kinds{
        {"key removed", remove_member},       {"key renamed", rename_member},
        {"value is null", make_null},         {"list emptied", empty_list},
        {"element removed", remove_element},  {"element doubled", double_element},
        {"elements swapped", swap_elements},  {"number changed", change_number},
        {"number is zero", make_zero},        {"number negated", negate},
        {"string changed", change_character}, {"string shortened", shorten_string},
        {"type changed", change_type},        {"text cut off", nullptr, cut_off},
        {"bytes lost", nullptr, lose_bytes},  {"bit changed", nullptr, change_byte},
    };
    return kinds;
}

Damaged damaged(Json const& answer, std::string_view root, JsonKind const& kind, Random& random) {
    auto copy = answer;
    if (kind.garble != nullptr) {
        auto text = write(copy);
        kind.garble(text, random);
        return {std::move(text), "the text"};
    }
    Places places;
    find_places(*copy.member(root), std::string(root), places);
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        auto const& [key, all] =
            *std::next(places.begin(), static_cast<std::ptrdiff_t>(below(random, places.size())));
        auto const& place = all[below(random, all.size())];
        if (kind.hit(*place.holder, place.part, random)) return {write(copy), key};
    }
    return {};
}

}  // namespace indexer::damage
