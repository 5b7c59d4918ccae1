#pragma once

#include <array>
#include <string_view>

namespace indexer::stellar {

// A SHA-256 digest; most things on Stellar are named by one.
struct Hash {
    std::array<char, 32> digest{};

    [[nodiscard]] std::string_view bytes() const noexcept { return {digest.data(), digest.size()}; }

    friend bool operator==(Hash const&, Hash const&) = default;
};

[[nodiscard]] Hash sha256(std::string_view bytes) noexcept;

}  // namespace indexer::stellar
