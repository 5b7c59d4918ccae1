#include "embedded/acting.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/temp_folder.hpp"

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

constexpr Account kAccount{4711, 4712};

uid_t owner_of(fs::path const& file) {
    struct stat status {};
    EXPECT_EQ(::lstat(file.c_str(), &status), 0);
    return status.st_uid;
}

class ActingTest : public testing::Test {
  protected:
    void SetUp() override {
        if (::geteuid() != 0) GTEST_SKIP() << "needs root, who may act as another";
        fs::permissions(folder.path(), fs::perms(0755));
        fs::create_directory(theirs);
        ASSERT_EQ(::chown(theirs.c_str(), kAccount.user, kAccount.group), 0);
        fs::create_directory(ours);
    }

    test::TempFolder const folder;
    fs::path const theirs = folder.path() / "theirs";
    fs::path const ours = folder.path() / "ours";
};

TEST_F(ActingTest, MakesFilesThatBelongToTheAccount) {
    {
        Acting const acting(kAccount);
        std::ofstream(theirs / "file") << "x";
    }
    std::ofstream(ours / "file") << "x";
    EXPECT_EQ(owner_of(theirs / "file"), kAccount.user);
    EXPECT_EQ(owner_of(ours / "file"), 0U);
}

TEST_F(ActingTest, IsNotLedWhereTheAccountMayNotGo) {
    fs::create_directory_symlink(ours, theirs / "link");
    Acting const acting(kAccount);
    EXPECT_FALSE(std::ofstream(theirs / "link" / "file").is_open());
    EXPECT_FALSE(fs::exists(ours / "file"));
}

TEST_F(ActingTest, WithoutAnAccountChangesNothing) {
    Acting const acting(std::nullopt);
    std::ofstream(ours / "file") << "x";
    EXPECT_EQ(owner_of(ours / "file"), 0U);
}

}  // namespace
}  // namespace indexer::embedded
