#include "embedded/secure_path.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "tests/support/temp_folder.hpp"

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kStranger = 4711;

class SecurePath : public testing::Test {
  protected:
    fs::path folder(std::string const& name, mode_t mode = 0755) const {
        auto path = base / name;
        fs::create_directory(path);
        ::chmod(path.c_str(), mode);
        return path;
    }
    void expect_refusal(fs::path const& path, std::string const& text) const {
        try {
            FAIL() << secure_path(path);
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::database);
            EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
            EXPECT_FALSE(error.hint().empty());
        }
    }

    test::TempFolder const temporary;
    fs::path const base = fs::canonical(temporary.path());
};

TEST_F(SecurePath, IsWhereTheFolderReallyLies) {
    auto const real = folder("real");
    fs::create_directory_symlink("real", base / "relative");
    fs::create_directory_symlink(real, base / "absolute");
    EXPECT_EQ(secure_path(real / "not" / "yet"), real / "not" / "yet");
    EXPECT_EQ(secure_path(base / "relative"), real);
    EXPECT_EQ(secure_path(base / "absolute" / ".." / "relative" / "x"), real / "x");
}

TEST_F(SecurePath, MayNotBeWrittenToByOthersAnywhere) {
    auto const open = folder("open", 0777);
    fs::create_directory(open / "inner");
    expect_refusal(open, open.string() + ": others may write to it");
    expect_refusal(open / "inner", open.string() + ": others may write to it");
    fs::create_directory_symlink(open / "inner", base / "link");
    expect_refusal(base / "link", open.string() + ": others may write to it");
}

TEST_F(SecurePath, MayLeadThroughAFolderOfEverybodysWhereNobodyMovesAnothersEntries) {
    auto const shared = folder("shared", 01777);
    fs::create_directory(shared / "mine");
    EXPECT_EQ(secure_path(shared / "mine"), shared / "mine");
    fs::create_directory_symlink("mine", shared / "link");
    expect_refusal(shared / "link", "a link in a folder that all may write to");
}

TEST_F(SecurePath, IsOneOfFolders) {
    std::ofstream(base / "file") << "x";
    expect_refusal(base / "file" / "x", "not a folder");
    fs::create_directory_symlink("loop", base / "loop");
    expect_refusal(base / "loop", "too many links");
}

TEST_F(SecurePath, BelongsToRootOrThisUser) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: a folder of another user";
    auto const foreign = folder("foreign");
    ASSERT_EQ(::chown(foreign.c_str(), kStranger, kStranger), 0);
    expect_refusal(foreign / "x", foreign.string() + ": belongs to another user (4711)");
    fs::create_directory_symlink(folder("real"), base / "link");
    ASSERT_EQ(::lchown((base / "link").c_str(), kStranger, kStranger), 0);
    expect_refusal(base / "link", "a link of another user");
    auto const grouped = folder("grouped", 0775);
    ASSERT_EQ(::chown(grouped.c_str(), 0, kStranger), 0);
    expect_refusal(grouped, "others may write to it");
}

TEST_F(SecurePath, IsMadeClosedWhateverTheUmask) {
    auto const before = ::umask(0);
    make_secure_path(base / "a" / "b");
    make_private_folder(base / "a" / "b" / "c", std::nullopt);
    ::umask(before);
    EXPECT_EQ(fs::status(base / "a" / "b").permissions(), fs::perms(0755));
    EXPECT_EQ(fs::status(base / "a" / "b" / "c").permissions(), fs::perms(0700));
}

TEST_F(SecurePath, APrivateFolderIsOfItsOwnerAlone) {
    auto const open = folder("open", 0755);
    EXPECT_THROW(check_private_folder(open, std::nullopt), base::Error);
    fs::create_directory_symlink(folder("real", 0700), base / "link");
    EXPECT_THROW(check_private_folder(base / "link", std::nullopt), base::Error);
    EXPECT_NO_THROW(check_private_folder(base / "real", std::nullopt));
    EXPECT_NO_THROW(check_private_folder(base / "absent", std::nullopt));
    if (::geteuid() != 0) return;
    make_private_folder(base / "given", Account{kStranger, kStranger});
    struct stat status {};
    ASSERT_EQ(::stat((base / "given").c_str(), &status), 0);
    EXPECT_EQ(status.st_uid, kStranger);
    EXPECT_THROW(check_private_folder(base / "given", std::nullopt), base::Error);
    EXPECT_NO_THROW(check_private_folder(base / "given", Account{kStranger, kStranger}));
}

}  // namespace
}  // namespace indexer::embedded
