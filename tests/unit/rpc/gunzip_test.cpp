#include "rpc/gunzip.hpp"

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

std::string unpack(std::string const& packed) {
    std::string text = "what it held before";
    Gunzip().unpack(packed, kLimit, 64, text);
    return text;
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
    packed.replace(packed.size() - 4, 4, std::string("\x10\0\0\0", 4));
    EXPECT_THROW((void)unpack(packed), base::Error);
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
