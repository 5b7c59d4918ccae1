#include "stellar/hash.hpp"

#include <openssl/sha.h>

namespace indexer::stellar {

Hash sha256(std::string_view bytes) noexcept {
    Hash hash;
    SHA256(reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(),
           reinterpret_cast<unsigned char*>(hash.digest.data()));
    return hash;
}

}  // namespace indexer::stellar
