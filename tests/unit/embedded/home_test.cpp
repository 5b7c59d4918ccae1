#include "embedded/home.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/error.hpp"
#include "tests/support/temp_folder.hpp"

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

class EmbeddedHome : public testing::Test {
  protected:
    void write_data(int major) const {
        auto const data = fs::path(base) / ("postgresql-" + std::to_string(major)) / "data";
        fs::create_directories(data);
        std::ofstream(data / "PG_VERSION") << major << '\n';
    }

    // A folder with programs that answer like PostgreSQL's.
    fs::path write_server(std::string const& folder, std::string const& version) const {
        auto directory = fs::path(base) / folder;
        fs::create_directories(directory);
        for (char const* const program : {"initdb", "pg_ctl", "postgres"}) {
            std::ofstream(directory / program)
                << "#!/bin/sh\necho 'postgres (PostgreSQL) " << version << "'\n";
            fs::permissions(directory / program, fs::perms(0755));
        }
        return directory;
    }

    std::string failure(std::vector<Binaries> const& installed) const {
        try {
            return find_home(base, installed).directory;
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::database);
            return std::string(error.what()) + " | " + error.hint();
        }
    }

    test::TempFolder const temporary;
    std::string const base = temporary.path();
    Binaries const old{.directory = "/usr/lib/postgresql/15/bin", .major = 15};
    Binaries const recent{.directory = "/usr/lib/postgresql/17/bin", .major = 17};
};

TEST_F(EmbeddedHome, IsMadeForTheNewestServer) {
    auto const home = find_home(base, {recent, old});
    EXPECT_EQ(home.directory, fs::path(base) / "postgresql-17");
    EXPECT_EQ(home.binaries.directory, recent.directory);
}

TEST_F(EmbeddedHome, StaysWithTheVersionThatWroteTheData) {
    write_data(15);
    auto const home = find_home(base, {recent, old});
    EXPECT_EQ(home.directory, fs::path(base) / "postgresql-15");
    EXPECT_EQ(home.binaries.directory, old.directory);
}

TEST_F(EmbeddedHome, SaysWhichVersionTheDataNeed) {
    write_data(15);
    EXPECT_EQ(failure({recent}),
              "embedded: " + base +
                  "/postgresql-15 was written by PostgreSQL 15, which is not on this machine | "
                  "apt-get install postgresql-15, or move that folder away to begin anew");
}

TEST_F(EmbeddedHome, SaysWhatToInstallWhenThereIsNoServer) {
    EXPECT_EQ(failure({}),
              "embedded: no PostgreSQL server on this machine | "
              "apt-get install postgresql (or give --database-url)");
}

TEST_F(EmbeddedHome, LiesWhereTheUsersDataLie) {
    if (::geteuid() == 0) {
        EXPECT_EQ(default_base(), "/var/lib/indexer");
        return;
    }
    ::setenv("HOME", "/home/ada", 1);
    ::unsetenv("XDG_DATA_HOME");
    EXPECT_EQ(default_base(), "/home/ada/.local/share/indexer");
    ::setenv("XDG_DATA_HOME", "/data", 1);
    EXPECT_EQ(default_base(), "/data/indexer");
}

TEST_F(EmbeddedHome, FindsServersNewestFirstAndEachOnce) {
    auto const nine = write_server("nine", "9.6.24");
    auto const fifteen = write_server("fifteen", "15.13 (Debian 15.13-0+deb12u1)");
    write_server("strange", "of unknown version");
    fs::create_directory_symlink(fifteen, fs::path(base) / "link");

    auto const found = find_binaries(
        {nine, fs::path(base) / "strange", fs::path(base) / "link", fifteen, "/nonexistent"});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].major, 15);
    EXPECT_EQ(found[0].directory, fifteen);
    EXPECT_EQ(found[1].major, 9);
}

}  // namespace
}  // namespace indexer::embedded
