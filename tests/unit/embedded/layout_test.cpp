#include "embedded/layout.hpp"

#include <string>

#include <gtest/gtest.h>

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
    EXPECT_EQ(Layout('/' + std::string(88, 'x')).socket.native().size(), 107U);

    Layout const moved('/' + std::string(89, 'x'));
    EXPECT_EQ(moved.socket_directory.parent_path(), "/tmp");
    EXPECT_EQ(moved.data.parent_path(), moved.home);
    EXPECT_EQ(moved.socket, Layout(moved.home).socket);
    EXPECT_NE(moved.socket, Layout('/' + std::string(89, 'y')).socket);
}

}  // namespace
}  // namespace indexer::embedded
