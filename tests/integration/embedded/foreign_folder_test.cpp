#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "embedded/server.hpp"
#include "tests/support/temp_folder.hpp"

// What another user, or the account of root's server, may have put where the server lives.

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kStranger = 4711;

class ForeignFolder : public testing::Test {
  protected:
    void SetUp() override {
        installed = find_binaries(usual_directories());
        if (installed.empty()) GTEST_SKIP() << "no PostgreSQL server here";
        fs::permissions(temporary.path(), fs::perms(0755));
        fs::create_directory(base);
        fs::create_directory(rootonly);
    }
    void TearDown() override {
        if (home) Server(*home).stop({});
    }

    Server server() {
        home = find_home(base, installed);
        return Server(*home);
    }
    static void expect_refusal(std::function<void()> const& body, std::string const& text) {
        try {
            body();
            FAIL() << "believed";
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::database);
            EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
        }
    }
    // What the account would like root to write to.
    void expect_untouched() const {
        EXPECT_TRUE(fs::is_empty(rootonly));
        struct stat status {};
        ASSERT_EQ(::stat(rootonly.c_str(), &status), 0);
        EXPECT_EQ(status.st_uid, ::geteuid());
    }

    test::TempFolder const temporary;
    fs::path const base = fs::canonical(temporary.path()) / "base";
    fs::path const rootonly = fs::canonical(temporary.path()) / "rootonly";
    std::vector<Binaries> installed;
    std::optional<Home> home;
};

TEST_F(ForeignFolder, ThatOthersMayWriteToIsNotBelieved) {
    fs::permissions(base, fs::perms(0777));
    expect_refusal([&] { server(); }, base.string() + ": others may write to it");
    fs::permissions(base, fs::perms(0755));
    auto mine = server();
    fs::permissions(base, fs::perms(0777));
    expect_refusal([&] { mine.ensure_running({}); }, "others may write to it");
    expect_refusal([&] { static_cast<void>(mine.running()); }, "others may write to it");
    EXPECT_TRUE(fs::is_empty(base));
    fs::permissions(base, fs::perms(0755));
}

TEST_F(ForeignFolder, PreparedByAnotherUserIsNotUsed) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: another user's folder";
    auto const prepared = base / ("postgresql-" + std::to_string(installed.front().major));
    fs::create_directory(prepared);
    fs::permissions(prepared, fs::perms(0700));
    fs::create_directory_symlink(rootonly, prepared / "data");
    ASSERT_EQ(::chown(prepared.c_str(), kStranger, kStranger), 0);
    expect_refusal([&] { server(); }, "belongs to another user (4711)");
    ASSERT_EQ(::chown(base.c_str(), kStranger, kStranger), 0);
    expect_refusal([&] { server(); }, base.string() + ": belongs to another user (4711)");
    expect_untouched();
    EXPECT_EQ(std::distance(fs::directory_iterator(prepared), {}), 1);
}

TEST_F(ForeignFolder, IsNotReachedThroughWhatTheServersUserLinksTo) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root, whose server is of another user";
    auto mine = server();
    mine.ensure_running({});
    mine.stop({});
    auto const data = mine.layout().data;
    fs::rename(data, data.native() + ".moved");
    fs::create_directory_symlink(rootonly, data);
    EXPECT_THROW(mine.ensure_running({}), base::Error);
    expect_untouched();
    // The same of single files.
    fs::remove(data);
    fs::rename(data.native() + ".moved", data);
    fs::remove(data / "indexer.conf");
    fs::create_symlink(rootonly / "file", data / "indexer.conf");
    fs::remove(mine.layout().lock);
    fs::create_symlink(rootonly / "lock", mine.layout().lock);
    EXPECT_THROW(mine.ensure_running({}), base::Error);
    expect_untouched();
    fs::remove(mine.layout().lock);
    mine.ensure_running({});
    expect_untouched();
    EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(data / "indexer.conf")));
}

TEST_F(ForeignFolder, IsNotMadeOfTheServersOwnFiles) {
    auto mine = server();
    mine.ensure_running({});
    auto const owner = home->account ? home->account->user : ::geteuid();
    for (auto const& entry : fs::recursive_directory_iterator(mine.layout().home)) {
        struct stat status {};
        if (::lstat(entry.path().c_str(), &status) != 0)
            continue;  // the server's own, come and gone
        EXPECT_EQ(status.st_uid, owner) << entry.path();
    }
}

// Something of another user that listens where the server would, and says in its name that it is
// ready.
TEST_F(ForeignFolder, WithAListenerOfAnotherUserHasNoServer) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root, whose server is of another user";
    auto mine = server();
    mine.ensure_running({});
    auto const pid_file = mine.layout().data / "postmaster.pid";
    auto const copy = rootonly / "copy";
    fs::copy(pid_file, copy);
    mine.stop({});
    fs::copy(copy, pid_file);
    base::Descriptor const listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    mine.layout().socket.native().copy(address.sun_path, sizeof(address.sun_path) - 1);
    ASSERT_EQ(::bind(listener.number(), reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    ASSERT_EQ(::listen(listener.number(), 5), 0);
    EXPECT_FALSE(mine.running());
    fs::remove(pid_file);
    fs::remove(mine.layout().socket);
}

TEST_F(ForeignFolder, IsRefusedByTheUrlAsWell) {
    auto mine = server();
    auto const name = name_of(home->account);
    EXPECT_TRUE(name.empty() || mine.url().ends_with("&requirepeer=" + name)) << mine.url();
}

}  // namespace
}  // namespace indexer::embedded
