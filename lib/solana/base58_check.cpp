#include "solana/base58.hpp"
#include "solana/lanes.hpp"

// Digits stand in the alphabet in the order of their characters, so that numbers of as many digits
// compare as their texts do: what a text spells need not be known to know how many bytes it takes.
namespace indexer::solana::base58 {
namespace {

// The least number that takes all bytes, and the greatest that needs no more.
struct Bounds {
    std::string_view least;
    std::string_view greatest;
};
constexpr Bounds kBounds32{.least = "4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM",
                           .greatest = "JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFG"};
constexpr Bounds kBounds64{
    .least =
        "2AFv15MNPuA84RmU66xw2uMzGipcVxNpzAffoacGVvjFue3CBmf633fAWuiP9cwL9C3z3CJiGgRSFjJfeEcA6QX",
    .greatest =
        "67rpwLCuS5DGA8KGZXKsVQ7dnPb9goRLoKfgGbLfQg9WoLUgNY77E2jT11fem3coV9nAkguBACzrU1iyZM4B8roQ"};

// All ones where a character is not in the alphabet, which leaves out 0, I, O and l.
Lane foreign_in(char const* text) noexcept {
    auto const c = lane_at(text);
    auto const is_digit = c - std::uint8_t{'1'} < 9;
    auto const is_letter = (c | std::uint8_t{0x20}) - std::uint8_t{'a'} < 26;
    auto const is_left_out = (c == 'I') | (c == 'O') | (c == 'l');
    return reinterpret_cast<Lane>(~(is_digit | is_letter) | is_left_out);
}

// Requires: of so many lanes, the last one not full. It overlaps the one before.
template <std::size_t Lanes>
bool is_in_alphabet(std::string_view text) noexcept {
    Lane foreign = foreign_in(text.data() + text.size() - kLane);
    for (std::size_t lane = 0; lane + 1 < Lanes; ++lane) {
        foreign |= foreign_in(text.data() + lane * kLane);
    }
    return !any(foreign);
}

// Of a text without leading zeros. Mostly its first character tells.
inline bool is_within(std::string_view text, Bounds const& bounds) noexcept {
    if (text.size() == bounds.greatest.size()) {
        return text.front() < bounds.greatest.front() || text <= bounds.greatest;
    }
    return text.size() == bounds.least.size() &&
           (text.front() > bounds.least.front() || text >= bounds.least);
}

}  // namespace

bool spells32(std::string_view text) noexcept {
    constexpr std::string_view kZeros = "11111111111111111111111111111111";  // the system program
    if (text.starts_with('1')) return text == kZeros || decode32(text).has_value();
    return is_within(text, kBounds32) && is_in_alphabet<3>(text);
}

bool spells64(std::string_view text) noexcept {
    if (text.starts_with('1')) return decode64(text).has_value();
    return is_within(text, kBounds64) && is_in_alphabet<6>(text);
}

}  // namespace indexer::solana::base58
