#include "solana/programs/anchor.hpp"

#include <algorithm>

namespace indexer::solana::anchor {
namespace {

constexpr std::size_t kSize = 8;
constexpr std::uint64_t kEventCpi = 0xe445a52e51cb9a1d;

}  // namespace

std::optional<std::uint64_t> discriminator(std::string_view data) noexcept {
    if (data.size() < kSize) return std::nullopt;
    std::uint64_t value = 0;
    for (char const byte : data.substr(0, kSize)) {
        value = value << 8 | static_cast<unsigned char>(byte);
    }
    return value;
}

bool is_one_of(std::string_view data,
               std::initializer_list<std::uint64_t> discriminators) noexcept {
    return std::find(discriminators.begin(), discriminators.end(), discriminator(data)) !=
           discriminators.end();
}

std::string_view body(std::string_view data) noexcept {
    return data.substr(kSize);
}

std::string_view event_cpi(std::string_view data) noexcept {
    return discriminator(data) == kEventCpi ? body(data) : std::string_view{};
}

}  // namespace indexer::solana::anchor
