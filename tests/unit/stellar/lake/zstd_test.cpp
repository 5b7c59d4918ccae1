#include "stellar/lake/zstd.hpp"

#include <gtest/gtest.h>
#include <zstd.h>

#include "base/error.hpp"

namespace indexer::stellar {
namespace {

constexpr std::size_t kEnough = 16U << 20U;

std::string packed(std::string const& bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 1));
    return out;
}

std::string unpacked(std::string const& bytes, std::size_t most = kEnough) {
    base::MemoryShare uncounted;
    return unpack_zstd(bytes, most, uncounted, 1);
}

std::string refusal_of(std::string const& bytes, std::size_t most = kEnough) {
    try {
        static_cast<void>(unpacked(bytes, most));
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::not_understood);
        return error.what();
    }
    return "";
}

TEST(Zstd, GivesBackWhatWasPacked) {
    for (std::size_t const size : {0U, 1U, 131'072U, 1'000'000U}) {
        std::string const bytes(size, 'x');
        EXPECT_EQ(unpacked(packed(bytes)), bytes) << size;
    }
}

TEST(Zstd, ReadsFramesInARow) {
    EXPECT_EQ(unpacked(packed("one") + packed("two")), "onetwo");
}

TEST(Zstd, RefusesWhatIsCutOff) {
    auto const whole = packed(std::string(100'000, 'x') + "end");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_NE(refusal_of(whole.substr(0, size)), "") << size;
    }
}

TEST(Zstd, RefusesWhatIsNotPacked) {
    EXPECT_NE(refusal_of("this is no zstd frame, it is text"), "");
}

TEST(Zstd, HoldsNoMoreThanAllowed) {
    auto const bomb = packed(std::string(8U << 20U, '\0'));
    EXPECT_EQ(refusal_of(bomb, 1U << 20U),
              "zstd: more than 1048576 bytes unpacked, the most by --max-response-size");
    EXPECT_EQ(unpacked(packed("ten bytes!"), 10), "ten bytes!");
}

// 8 MiB are to be understood by everybody; archives have larger windows.
TEST(Zstd, RefusesAWindowOfGigabytes) {
    std::string const header("\x28\xB5\x2F\xFD\x00\xA8", 6);  // window of 2 GiB, size not told
    EXPECT_NE(refusal_of(header + std::string(100, '\0')), "");
}

TEST(Zstd, CountsWhatItTakesTimesWhatIsMadeOfIt) {
    base::MemoryBudget budget(64U << 20U);
    base::MemoryShare memory(budget);
    auto const bomb = packed(std::string(12U << 20U, '\0'));
    EXPECT_THROW((void)unpack_zstd(bomb, kEnough, memory, 8), base::MemoryShort);
    EXPECT_EQ(unpack_zstd(bomb, kEnough, memory, 2).size(), 12U << 20U);
    EXPECT_GE(memory.bytes(), 24U << 20U);
}

}  // namespace
}  // namespace indexer::stellar
