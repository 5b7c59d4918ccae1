#include "observe/memory.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace indexer::observe {
namespace {

TEST(ResidentMemory, GrowsWithWhatIsUsed) {
    constexpr std::size_t kMore = 64U * 1024 * 1024;
    auto const before = resident_memory();
    std::vector<char> const used(kMore, 'x');
    EXPECT_GE(resident_memory(), before + kMore / 2 + static_cast<unsigned>(used[0] == 'y'));
}

}  // namespace
}  // namespace indexer::observe
