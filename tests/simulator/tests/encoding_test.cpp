#include <gtest/gtest.h>

#include "tests/simulator/encoding/base58.hpp"
#include "tests/simulator/encoding/bytes.hpp"

namespace indexer::simulator {
namespace {

// Slow and obvious, to check the fast ones against.
std::string decode(std::string_view text) {
    std::string bytes;  // least significant first
    for (char const c : text) {
        auto carry = static_cast<unsigned>(kBase58Alphabet.find(c));
        for (char& byte : bytes) {
            carry += 58U * static_cast<unsigned char>(byte);
            byte = static_cast<char>(carry & 0xffU);
            carry >>= 8U;
        }
        if (carry > 0) bytes += static_cast<char>(carry);
    }
    auto const ones = std::min(text.find_first_not_of('1'), text.size());
    bytes.append(ones, '\0');
    return {bytes.rbegin(), bytes.rend()};
}

TEST(Base58, SpellsBytesAsSolanaDoes) {
    EXPECT_EQ(base58(""), "");
    EXPECT_EQ(base58(std::string(32, '\0')), std::string(32, '1'));
    EXPECT_EQ(base58("Hello World!"), "2NEpo7TZRRrLZSi2U");
    EXPECT_EQ(key("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA").text(),
              "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
}

TEST(Base58, KeepsEveryLength) {
    for (std::size_t size = 1; size < 200; ++size) {
        std::string const bytes = std::string(size % 3, '\0') + std::string(size, '\xfe');
        ASSERT_EQ(decode(base58(bytes)), bytes);
    }
}

TEST(Base58, MakesUpHashesOf32BytesAndSignaturesOf64) {
    for (std::uint64_t start = 0; start < 2'000; ++start) {
        std::string hash;
        append_random_hash(hash, Random(mix(start)));
        ASSERT_EQ(decode(hash).size(), 32U);
        ASSERT_EQ(base58(decode(hash)), hash);
        std::string signature;
        append_random_signature(signature, Random(mix(start)));
        ASSERT_EQ(decode(signature).size(), 64U);
        ASSERT_EQ(base58(decode(signature)), signature);
    }
}

TEST(Bytes, AreLittleEndian) {
    EXPECT_EQ(Bytes().u8(1).u16(0x0302).u32(0x07060504).text(), "\x01\x02\x03\x04\x05\x06\x07");
    EXPECT_EQ(Bytes("66063d1201daebea").text(), "\x66\x06\x3d\x12\x01\xda\xeb\xea");
}

TEST(Base64, PadsToFours) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("M"), "TQ==");
    EXPECT_EQ(base64("Ma"), "TWE=");
    EXPECT_EQ(base64("Man"), "TWFu");
}

}  // namespace
}  // namespace indexer::simulator
