#include "store/snapshot.hpp"

#include <latch>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "pg/error.hpp"
#include "tests/integration/store/migrated_database.hpp"

namespace indexer::store {
namespace {

class SnapshotTest : public MigratedDatabase {
  protected:
    std::vector<pg::Connection> sessions(std::size_t count) const {
        std::vector<pg::Connection> sessions;
        while (sessions.size() < count) sessions.push_back(connect());
        return sessions;
    }
};

TEST_F(SnapshotTest, EverySessionSeesTheMomentAtWhichItBegan) {
    run("create table seen (at int); insert into seen values (1)");
    auto three = sessions(3);
    Snapshot snapshot(three, {});
    run("insert into seen values (2)");
    for (pg::Connection& session : three) {
        EXPECT_EQ(session.execute("select count(*) from seen", {}, {}).integer(0, 0), 1);
    }
    snapshot.end({});
    for (pg::Connection& session : three) {
        EXPECT_EQ(session.execute("select count(*) from seen", {}, {}).integer(0, 0), 2);
    }
}

TEST_F(SnapshotTest, WritesNothing) {
    auto two = sessions(2);
    Snapshot const snapshot(two, {});
    for (pg::Connection& session : two) {
        EXPECT_THROW(session.execute("create table written ()", {}, {}), pg::Error);
    }
}

TEST_F(SnapshotTest, DoesEachPartOnce) {
    auto two = sessions(2);
    Snapshot snapshot(two, {});
    std::vector<std::int64_t> done(100);
    snapshot.share_out(done.size(),
                       [&](std::size_t part, pg::Connection& session, std::stop_token const& stop) {
                           auto const text = std::to_string(part);
                           done[part] +=
                               session.execute("select $1::bigint", {text}, stop).integer(0, 0);
                       },
                       {});
    for (std::size_t part = 0; part < done.size(); ++part) {
        EXPECT_EQ(done[part], static_cast<std::int64_t>(part));
    }
}

// Each part waits for the others, so that one after the other they would never end.
TEST_F(SnapshotTest, DoesAsManyPartsAtATimeAsThereAreSessions) {
    auto three = sessions(3);
    Snapshot snapshot(three, {});
    std::latch all(3);
    snapshot.share_out(3, [&](auto&&...) { all.arrive_and_wait(); }, {});
    EXPECT_TRUE(all.try_wait());
}

TEST_F(SnapshotTest, TheFirstFailureEndsTheOthersAndIsThrown) {
    auto two = sessions(2);
    Snapshot snapshot(two, {});
    auto const ask = [&](std::size_t part, pg::Connection& session, std::stop_token const& stop) {
        session.execute(part == 0 ? "select pg_sleep(3600)" : "select 1 / 0", {}, stop);
    };
    try {
        snapshot.share_out(2, ask, {});
        FAIL() << "nothing was thrown";
    } catch (pg::Error const& error) {
        EXPECT_EQ(error.sqlstate(), "22012") << error.what();
    }
}

TEST_F(SnapshotTest, AStopEndsEveryPart) {
    auto two = sessions(2);
    Snapshot snapshot(two, {});
    std::stop_source source;
    auto const ask = [&](std::size_t part, pg::Connection& session, std::stop_token const& stop) {
        if (part == 1) source.request_stop();
        session.execute("select pg_sleep(3600)", {}, stop);
    };
    EXPECT_THROW(snapshot.share_out(2, ask, source.get_token()), base::Error);
}

}  // namespace
}  // namespace indexer::store
