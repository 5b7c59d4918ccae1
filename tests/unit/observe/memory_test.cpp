#include "observe/memory.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/temp_folder.hpp"

namespace indexer::observe {
namespace {

class GroupMemory : public ::testing::Test {
  protected:
    void write(std::string const& file, std::string const& text) {
        auto const path = folder_.path() / file;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
    }
    [[nodiscard]] std::uint64_t limit() const {
        return group_memory_limit(folder_.path() / "groups", folder_.path() / "mount");
    }

    test::TempFolder folder_;
};

TEST_F(GroupMemory, WithoutGroupsThereIsNoLimit) {
    EXPECT_EQ(limit(), kNoMemoryLimit);
}

TEST_F(GroupMemory, IsTheLeastOfTheGroupsAround) {
    write("groups", "0::/system.slice/indexer.service\n");
    write("mount/system.slice/indexer.service/memory.max", "max\n");
    EXPECT_EQ(limit(), kNoMemoryLimit);
    write("mount/system.slice/memory.max", "3000\n");
    EXPECT_EQ(limit(), 3000U);
    write("mount/system.slice/indexer.service/memory.high", "2000\n");
    EXPECT_EQ(limit(), 2000U);
}

TEST_F(GroupMemory, InAContainerIsThatOfTheMount) {
    write("groups", "0::/\n");
    write("mount/memory.max", "5000\n");
    EXPECT_EQ(limit(), 5000U);
}

TEST_F(GroupMemory, IsReadOfTheFirstVersion) {
    write("groups", "5:cpu:/docker/a\n4:memory:/docker/a\n");
    write("mount/memory/docker/a/memory.limit_in_bytes", "7000\n");
    EXPECT_EQ(limit(), 7000U);
}

TEST(AvailableMemory, IsThatOfThisMachine) {
    EXPECT_GT(available_memory(), 64U << 20U);
    EXPECT_LT(available_memory(), kNoMemoryLimit);
}

}  // namespace
}  // namespace indexer::observe
