#include "base/regular_file.hpp"

#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.hpp"
#include "base/ownership.hpp"
#include "tests/support/temp_folder.hpp"

namespace indexer::base {
namespace {

namespace fs = std::filesystem;

class RegularFile : public testing::Test {
  protected:
    fs::path write(std::string const& text) const {
        std::ofstream(folder.path() / "file") << text;
        return folder.path() / "file";
    }
    test::TempFolder const folder;
};

TEST_F(RegularFile, IsReadFromAPlaceAndUpToALength) {
    auto const file = write("0123456789");
    EXPECT_EQ(read_regular_file(file), "0123456789");
    EXPECT_EQ(read_regular_file(file, 4), "456789");
    EXPECT_EQ(read_regular_file(file, 4, 3), "456");
    EXPECT_EQ(read_regular_file(file, 40), "");
}

TEST_F(RegularFile, IsNothingElse) {
    auto const pipe = folder.path() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(read_regular_file(pipe), std::nullopt);  // and does not wait
    fs::create_symlink(write("x"), folder.path() / "link");
    EXPECT_EQ(read_regular_file(folder.path() / "link"), std::nullopt);
    EXPECT_EQ(read_regular_file(folder.path()), std::nullopt);
    EXPECT_EQ(read_regular_file(folder.path() / "absent"), std::nullopt);
    EXPECT_EQ(read_regular_file("/dev/zero"), std::nullopt);
}

TEST_F(RegularFile, ReadAllGivesUpOnWhatIsLonger) {
    Descriptor const file(::open(write("0123456789").c_str(), O_RDONLY));
    EXPECT_EQ(read_all(file.number(), 9), std::nullopt);
    ::lseek(file.number(), 0, SEEK_SET);
    EXPECT_EQ(read_all(file.number(), 10), "0123456789");
}

TEST(Ownership, SaysWhoElseMayWrite) {
    struct stat status {};
    status.st_uid = ::geteuid();
    status.st_gid = 4711;  // of nobody
    auto const foreign_with = [&](mode_t mode) {
        status.st_mode = S_IFREG | mode;
        return foreign(status);
    };
    EXPECT_EQ(foreign_with(0644), "");
    EXPECT_EQ(foreign_with(0646), "others may write to it");
    EXPECT_EQ(foreign_with(0664), "others may write to it");
    status.st_uid = 4711;
    EXPECT_EQ(foreign_with(0600), "belongs to another user (4711)");
    status.st_uid = 0;
    EXPECT_EQ(foreign_with(0600), "");
}

}  // namespace
}  // namespace indexer::base
