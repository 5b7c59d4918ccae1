#include "embedded/server.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "embedded/process.hpp"
#include "tests/support/temp_folder.hpp"

// These tests start real servers, as the user who runs them; root's run as an unprivileged user.

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Fault;

// Does `body` in a process of its own; what it returns is the exit code, 99 when it throws.
pid_t in_child(std::function<int()> const& body) {
    pid_t const child = ::fork();
    if (child != 0) return child;
    try {
        ::_exit(body());
    } catch (...) {
        ::_exit(99);
    }
}

int exit_code(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

class EmbeddedServer : public testing::Test {
  protected:
    void SetUp() override {
        fs::permissions(base, fs::perms(0755));  // the server's user must get through
        if (find_binaries(usual_directories()).empty()) GTEST_SKIP() << "no PostgreSQL server here";
    }
    void TearDown() override {
        for (auto const& home : homes) Server(home).stop({});
    }

    // A server that is stopped when the test ends.
    Server server(fs::path const& folder = "") {
        homes.push_back(find_home(base / folder, find_binaries(usual_directories())));
        return Server(homes.back());
    }

    // What psql prints for a statement.
    static std::string psql(std::string const& url, std::string const& sql) {
        auto const binaries = find_binaries(usual_directories()).front();
        auto const outcome = run({.program = binaries.directory / "psql",
                                  .arguments = {"-X", "-A", "-t", "-q", "-c", sql, url}},
                                 {});
        return outcome.output;
    }

    static pid_t postmaster(Server const& server) {
        pid_t number = 0;
        std::ifstream(server.layout().data / "postmaster.pid") >> number;
        return number;
    }

    // For what other processes do, which no event tells us.
    static void wait_until(std::function<bool()> const& done) {
        while (!done()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }

    test::TempFolder const temporary;
    std::string const base = temporary.path();
    std::vector<Home> homes;
};

TEST_F(EmbeddedServer, MakesADatabaseForPsqlAndSaysSoOnce) {
    auto mine = server();
    EXPECT_FALSE(mine.running());

    auto const first = mine.ensure_running({});
    EXPECT_TRUE(first.created);
    EXPECT_TRUE(first.started);
    EXPECT_TRUE(mine.running());
    EXPECT_EQ(psql(first.url,
                   "select current_database(), current_user, pg_encoding_to_char(encoding), "
                   "datcollate, current_setting('data_checksums'), "
                   "current_setting('listen_addresses'), current_setting('max_wal_size') "
                   "from pg_database where datname = current_database()"),
              "indexer|indexer|UTF8|C.UTF-8|on||4GB\n");

    auto const second = mine.ensure_running({});
    EXPECT_FALSE(second.created);
    EXPECT_FALSE(second.started);
    EXPECT_EQ(second.url, first.url);
}

TEST_F(EmbeddedServer, LetsOnlyItsUserNearTheSocketAndTheData) {
    auto mine = server();
    mine.ensure_running({});
    for (auto const& folder :
         {mine.layout().home, mine.layout().data, mine.layout().socket_directory}) {
        EXPECT_EQ(fs::status(folder).permissions(), fs::perms(0700)) << folder;
    }
}

TEST_F(EmbeddedServer, KeepsTheDataWhenStoppedAndStartedAgain) {
    auto mine = server();
    auto const url = mine.ensure_running({}).url;
    psql(url, "create table t as select 42 as answer");
    EXPECT_TRUE(mine.stop({}));
    EXPECT_FALSE(mine.running());
    EXPECT_FALSE(mine.stop({}));

    auto const again = mine.ensure_running({});
    EXPECT_FALSE(again.created);
    EXPECT_TRUE(again.started);
    EXPECT_EQ(psql(url, "select answer from t"), "42\n");
}

TEST_F(EmbeddedServer, ComesBackAfterBeingKilled) {
    auto mine = server();
    auto const url = mine.ensure_running({}).url;
    psql(url, "create table t as select 42 as answer");
    ::kill(postmaster(mine), SIGKILL);
    wait_until([&] { return !mine.running(); });

    auto const again = mine.ensure_running({});
    EXPECT_FALSE(again.created);
    EXPECT_EQ(psql(url, "select answer from t"), "42\n");
}

// What a restarted container shows: the number of the dead server is somebody else's now.
TEST_F(EmbeddedServer, IsNotMisledByAProcessThatHasTheNumberOfADeadServer) {
    auto mine = server();
    mine.ensure_running({});
    auto const pid_file = mine.layout().data / "postmaster.pid";
    auto const copy = mine.layout().home / "copy";
    fs::copy(pid_file, copy);
    mine.stop({});
    auto const account = homes.back().account;
    pid_t const stranger = in_child([&] {
        if (account && ::setuid(account->user) != 0) return 1;
        return ::pause();
    });
    std::ifstream old(copy);
    std::string line;
    std::getline(old, line);
    std::ofstream(pid_file) << stranger << '\n' << old.rdbuf();
    std::ofstream(mine.layout().socket.native() + ".lock") << stranger << '\n';

    EXPECT_FALSE(mine.running());
    EXPECT_TRUE(mine.ensure_running({}).started);
    ::kill(stranger, SIGKILL);
    exit_code(stranger);
}

TEST_F(EmbeddedServer, IsMadeOnceBySeveralProcessesAtOnce) {
    auto const mine = server();
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i) {
        children.push_back(in_child([&] {
            auto const ready = Server(homes.back()).ensure_running({});
            auto const answer = psql(ready.url, "select 1");
            return answer != "1\n" ? 2 : ready.created ? 1 : 0;
        }));
    }
    int created = 0;
    for (auto const child : children) {
        auto const code = exit_code(child);
        EXPECT_LE(code, 1);
        created += code;
    }
    EXPECT_EQ(created, 1);
}

TEST_F(EmbeddedServer, StopsMakingTheClusterWhenToldTo) {
    auto mine = server();
    std::stop_source stop;
    std::jthread const impatient([&] {
        wait_until([&] { return fs::exists(mine.layout().draft / "PG_VERSION"); });
        stop.request_stop();
    });
    try {
        mine.ensure_running(stop.get_token());
        FAIL() << "did not hear the stop";
    } catch (Error const& error) {
        EXPECT_EQ(error.fault(), Fault::stopped);
    }
    EXPECT_FALSE(fs::exists(mine.layout().data));
    EXPECT_TRUE(mine.ensure_running({}).created);
}

TEST_F(EmbeddedServer, BeginsAnewWhenTheProgramWasKilledWhileMakingTheCluster) {
    auto mine = server();
    pid_t const killed = in_child([&] {
        Server(homes.back()).ensure_running({});
        return 0;
    });
    wait_until([&] { return fs::exists(mine.layout().draft / "PG_VERSION"); });
    ::kill(killed, SIGKILL);
    EXPECT_EQ(exit_code(killed), 128 + SIGKILL);

    auto const ready = mine.ensure_running({});
    EXPECT_TRUE(ready.created);
    EXPECT_EQ(psql(ready.url, "select 1"), "1\n");
}

TEST_F(EmbeddedServer, OutlivesTheProgramWithoutHoldingItsPipes) {
    auto const mine = server();
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    pid_t const program = in_child([&] {
        ::dup2(pipe[1], STDOUT_FILENO);
        ::dup2(pipe[1], STDERR_FILENO);
        Server(homes.back()).ensure_running({});
        return 0;
    });
    ::close(pipe[1]);
    char byte = 0;
    EXPECT_EQ(::read(pipe[0], &byte, 1), 0);  // the end, not a hang
    ::close(pipe[0]);
    EXPECT_EQ(exit_code(program), 0);
    EXPECT_TRUE(mine.running());
}

TEST_F(EmbeddedServer, WorksWhereThePathIsTooLongForASocket) {
    fs::create_directory(base + "/" + std::string(120, 'x'));
    auto mine = server(std::string(120, 'x'));
    EXPECT_NE(mine.layout().socket_directory.parent_path(), "/tmp");
    auto const ready = mine.ensure_running({});
    EXPECT_EQ(psql(ready.url, "select 1"), "1\n");
    mine.stop({});
    fs::remove(mine.layout().socket_directory);
}

TEST_F(EmbeddedServer, SaysWhatTheServerSaidWhenItDoesNotStart) {
    auto mine = server();
    mine.ensure_running({});
    mine.stop({});
    std::ofstream(mine.layout().data / "postgresql.conf", std::ios::app) << "shared_buffers = -1\n";
    try {
        mine.ensure_running({});
        FAIL() << "started";
    } catch (Error const& error) {
        EXPECT_EQ(error.fault(), Fault::database);
        EXPECT_NE(std::string(error.what()).find("the server does not start: "), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("configuration file"), std::string::npos);
        EXPECT_EQ(error.hint(), "see " + mine.layout().log.string());
    }
}

TEST_F(EmbeddedServer, SaysWhoMustReachTheFolder) {
    if (::geteuid() != 0)
        GTEST_SKIP() << "needs root: a folder that the server's user cannot reach";
    auto mine = server();
    fs::permissions(base, fs::perms(0700));
    try {
        mine.ensure_running({});
        FAIL() << "made";
    } catch (Error const& error) {
        EXPECT_EQ(error.what(),
                  "embedded: " + mine.layout().socket_directory.string() + ": Permission denied");
        EXPECT_NE(error.hint().find("must be able to enter"), std::string::npos);
    }
}

TEST_F(EmbeddedServer, WorksForAnUnprivilegedUserInTheirHomeDirectory) {
    if (::geteuid() != 0) GTEST_SKIP() << "the other tests show it";
    auto const account = find_home(base, find_binaries(usual_directories())).account.value();
    ASSERT_EQ(::chown(base.c_str(), account.user, account.group), 0);
    auto const code = exit_code(in_child([&] {
        if (::setgid(account.group) != 0 || ::setuid(account.user) != 0) return 2;
        ::setenv("HOME", base.c_str(), 1);
        ::unsetenv("XDG_DATA_HOME");
        auto mine = Server::in("");
        auto const url = mine.ensure_running({}).url;
        bool const works = psql(url, "select 1") == "1\n";
        return mine.stop({}) && works ? 0 : 1;
    }));
    EXPECT_EQ(code, 0);
    EXPECT_TRUE(fs::exists(fs::path(base) / ".local/share/indexer"));
}

}  // namespace
}  // namespace indexer::embedded
