#include "rpc/gunzip.hpp"

#include <cstdint>
#include <utility>

#include <gtest/gtest.h>
#include <libdeflate.h>

#include "base/error.hpp"

namespace indexer::rpc {
namespace {

std::string pack(std::string const& text) {
    auto* const compressor = libdeflate_alloc_compressor(6);
    std::string packed(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
    packed.resize(libdeflate_gzip_compress(compressor, text.data(), text.size(), packed.data(),
                                           packed.size()));
    libdeflate_free_compressor(compressor);
    return packed;
}

constexpr std::size_t kLimit = 1000;

std::string unpack(std::string const& packed, std::size_t limit = kLimit) {
    base::MemoryBudget memory;
    auto text = base::body_of("what it held before");
    Gunzip().unpack(packed, {limit, memory}, 64, text);
    return std::move(*text);
}

// The size that is told at the end.
void tell_size(std::string& packed, std::uint32_t size) {
    for (auto at = packed.end() - 4; at != packed.end(); ++at, size >>= 8U) {
        *at = static_cast<char>(size);
    }
}

TEST(Gunzip, UnpacksWithRoomBehind) {
    auto const text = unpack(pack("hello"));
    EXPECT_EQ(text, "hello");
    EXPECT_GE(text.capacity(), text.size() + 64);
    EXPECT_EQ(unpack(pack("")), "");
    EXPECT_EQ(unpack(pack(std::string(kLimit, 'x'))).size(), kLimit);
}

TEST(Gunzip, RefusesABombBeforeUnpackingIt) {
    EXPECT_THROW((void)unpack(pack(std::string(kLimit + 1, 'x'))), base::Error);
}

TEST(Gunzip, RefusesABombThatLiesAboutItsSize) {
    auto packed = pack(std::string(100'000, 'x'));
    tell_size(packed, 16);
    EXPECT_THROW((void)unpack(packed), base::Error);
}

// 21 bytes do not hold 511 MiB: nothing is reserved for a promise like that.
TEST(Gunzip, RefusesAnImpossibleRatio) {
    auto packed = pack("x");
    tell_size(packed, 511U << 20U);
    base::MemoryBudget memory(1U << 20U);
    base::Bodies bodies(memory);
    auto text = bodies.take();
    EXPECT_THROW(Gunzip().unpack(packed, {SIZE_MAX, base::MemoryBudget()}, 64, text), base::Error);
    EXPECT_EQ(memory.used(), 0U);
    EXPECT_LT(text->capacity(), 100U);
}

TEST(Gunzip, GrowsWithWhatComes) {
    std::string const dense(5'000'000, 'x');  // far above the usual ratio
    EXPECT_TRUE(unpack(pack(dense), 5'000'000) == dense);
}

// What is promised is not taken before it comes, but what comes is counted.
TEST(Gunzip, CountsWhatItTakes) {
    base::MemoryBudget memory(1'000'000);
    base::Bodies bodies(memory);
    auto text = bodies.take();
    EXPECT_THROW(Gunzip().unpack(pack(std::string(5'000'000, 'x')),
                                 {5'000'000, base::MemoryBudget()}, 64, text),
                 base::MemoryShort);
    EXPECT_LE(text->capacity(), 1'000'000U);
}

TEST(Gunzip, RefusesWhatIsCutOrFollowedBySomething) {
    auto const packed = pack("some text that is long enough");
    for (std::size_t size = 0; size < packed.size(); ++size) {
        EXPECT_THROW((void)unpack(packed.substr(0, size)), base::Error) << size;
    }
    EXPECT_THROW((void)unpack(packed + packed), base::Error);
    EXPECT_THROW((void)unpack("no gzip, whatever the header says"), base::Error);
}

}  // namespace
}  // namespace indexer::rpc
