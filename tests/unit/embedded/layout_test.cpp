#include "embedded/layout.hpp"

#include <string>

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace indexer::embedded {
namespace {

TEST(Layout, KeepsTheSocketInTheHome) {
    Layout const layout("/home/ada/.local/share/indexer/postgresql-15");
    EXPECT_EQ(layout.data, "/home/ada/.local/share/indexer/postgresql-15/data");
    EXPECT_EQ(layout.url(),
              "postgresql:///indexer?host=/home/ada/.local/share/indexer/postgresql-15/run"
              "&port=5432&user=indexer");
}

TEST(Layout, EncodesWhatAUrlGivesMeaningTo) {
    EXPECT_EQ(Layout("/a b&c=d%").url(),
              "postgresql:///indexer?host=/a%20b%26c%3Dd%25/run&port=5432&user=indexer");
}

// "/run/.s.PGSQL.5432" takes 18 of the 107 bytes.
TEST(Layout, MovesTheSocketOnlyWhenItsAddressWouldBeTooLong) {
    std::string const shelter = "/home/ada/.local/share/indexer";
    EXPECT_EQ(Layout('/' + std::string(88, 'x'), shelter).socket.native().size(), 107U);

    Layout const moved('/' + std::string(89, 'x'), shelter);
    EXPECT_EQ(moved.socket_directory.parent_path(), shelter);
    EXPECT_EQ(moved.data.parent_path(), moved.home);
    EXPECT_EQ(moved.socket, Layout(moved.home, shelter).socket);
    EXPECT_NE(moved.socket, Layout('/' + std::string(89, 'y'), shelter).socket);
}

TEST(Layout, RefusesWhereNoFolderOfTheUsersIsShortEnough) {
    for (auto const& shelter : {std::string(), '/' + std::string(80, 's')}) {
        try {
            Layout const layout('/' + std::string(89, 'x'), shelter);
            FAIL() << layout.socket_directory;
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::usage);
            EXPECT_NE(std::string(error.what()).find("at most 107 bytes"), std::string::npos);
        }
    }
}

TEST(Layout, NamesTheUserWhoseServerIsMeant) {
    EXPECT_EQ(Layout("/a").url("ada l"),
              "postgresql:///indexer?host=/a/run&port=5432&user=indexer&requirepeer=ada%20l");
}

}  // namespace
}  // namespace indexer::embedded
