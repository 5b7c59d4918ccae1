#include "store/sha256.hpp"

#include <array>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace indexer::store {

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return {digest.begin(), digest.begin() + size};
}

std::string sha256_hex(std::string_view bytes) {
    std::string hex;
    for (char const byte : sha256(bytes)) {
        hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return hex;
}

}  // namespace indexer::store
