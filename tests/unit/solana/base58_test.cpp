#include "solana/base58.hpp"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/base58_text.hpp"

namespace indexer::solana::base58 {
namespace {

std::string decoded(std::string_view text) {
    std::string bytes;
    EXPECT_TRUE(decode(text, bytes)) << text;
    return bytes;
}

// Vectors of draft-msporny-base58-03 and of the system program's address.
TEST(Base58, DecodesKnownTexts) {
    EXPECT_EQ(decoded("2NEpo7TZRRrLZSi2U"), "Hello World!");
    EXPECT_EQ(decoded("11233QC4"), std::string("\0\0\x28\x7f\xb4\xcd", 6));
    EXPECT_EQ(decoded("USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"),
              "The quick brown fox jumps over the lazy dog.");
    EXPECT_EQ(decoded(""), "");
    EXPECT_EQ(decoded("1"), std::string(1, '\0'));
    EXPECT_EQ(decode32("11111111111111111111111111111111"), Bytes32{});
    EXPECT_EQ(encode(Bytes32{}), "11111111111111111111111111111111");
}

TEST(Base58, RefusesCharactersOutsideTheAlphabet) {
    std::string bytes;
    for (auto const* text : {"0", "O", "I", "l", "abc def", "\xc3\xa4", "2NEpo7TZRRrLZSi2U\n"}) {
        EXPECT_FALSE(decode(text, bytes)) << text;
        EXPECT_TRUE(bytes.empty());
    }
}

TEST(Base58, RefusesTextOfAnotherSize) {
    auto const largest = encode([] {
        Bytes32 bytes;
        bytes.fill(0xFF);
        return bytes;
    }());
    EXPECT_TRUE(decode32(largest));
    auto larger = largest;
    ++larger.back();
    EXPECT_FALSE(decode32(larger));
    EXPECT_FALSE(decode32(largest + "1"));
    EXPECT_FALSE(decode32("1" + largest));
    EXPECT_FALSE(decode32("1111111111111111111111111111111"));
    EXPECT_FALSE(decode32(""));
    EXPECT_FALSE(decode64(largest));
}

// By the least and greatest numbers of as many bytes, and their neighbours.
TEST(Base58, TellsWhatSpellsSoManyBytes) {
    for (std::size_t const size : {31U, 32U, 33U, 63U, 64U, 65U}) {
        for (char const first : {'\x00', '\x01', '\xff'}) {
            for (char const rest : {'\x00', '\xff'}) {
                auto bytes = std::string(size, rest);
                bytes.front() = first;
                auto const text = test::base58_text(bytes);
                EXPECT_EQ(spells32(text), size == 32) << text;
                EXPECT_EQ(spells64(text), size == 64) << text;
            }
        }
    }
    EXPECT_FALSE(spells32(""));
    EXPECT_FALSE(spells64(std::string(88, 'z')));
    EXPECT_FALSE(spells32(std::string(44, '1')));
}

TEST(Base58, ToSpellIsToBeDecodedToSoMany) {
    std::mt19937 random(3);
    constexpr std::string_view kSome = "1119AHJKZabkmzz0OIl\x80";
    for (int round = 0; round < 20'000; ++round) {
        std::string text(random() % 2 == 0 ? 40 + random() % 7 : 84 + random() % 7, 'x');
        for (char& c : text) c = kSome[random() % (round % 3 == 0 ? kSome.size() : 15)];
        ASSERT_EQ(spells32(text), decode32(text).has_value()) << text;
        ASSERT_EQ(spells64(text), decode64(text).has_value()) << text;
    }
}

template <class Bytes>
Bytes random_bytes(std::mt19937& random) {
    Bytes bytes{};
    auto const zeros = random() % bytes.size();
    auto const first = random() % 3 == 0 ? zeros : 0;
    for (auto i = first; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(random());
    return bytes;
}

template <class Bytes>
std::string as_text(Bytes const& bytes) {
    return {bytes.begin(), bytes.end()};
}

TEST(Base58, ReadsWhatItWrites) {
    std::mt19937 random(20240315);
    for (int i = 0; i < 2000; ++i) {
        auto const key = random_bytes<Bytes32>(random);
        EXPECT_EQ(decode32(encode(key)), key);
        EXPECT_EQ(decoded(encode(key)), as_text(key));
        auto const signature = random_bytes<Bytes64>(random);
        EXPECT_EQ(decode64(encode(signature)), signature);
        EXPECT_EQ(decoded(encode(signature)), as_text(signature));
    }
}

TEST(Base58, ReadsTextsOfAnyLength) {
    std::mt19937 random(20240315);
    for (std::size_t size = 0; size < 1300; ++size) {
        std::string bytes(size, '\0');
        for (auto i = random() % 2 * size / 2; i < size; ++i)
            bytes[i] = static_cast<char>(random());
        EXPECT_EQ(decoded(test::base58_text(bytes)), bytes);
    }
}

}  // namespace
}  // namespace indexer::solana::base58
