#include "pg/connection.hpp"

#include <chrono>
#include <future>
#include <thread>

#include "tests/integration/pg/pg_test.hpp"

namespace indexer::pg {
namespace {

using base::Fault;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

class ConnectionTest : public PgTest {};

TEST_F(ConnectionTest, ReturnsRowsAsText) {
    auto connection = open();
    auto const result = connection.execute(
        "select $1::bigint + 1 as n, null::text as nothing, $2 as word, true as yes",
        {"-41", "straße"}, {});
    ASSERT_EQ(result.rows(), 1);
    ASSERT_EQ(result.columns(), 4);
    EXPECT_EQ(result.column_name(0), "n");
    EXPECT_EQ(result.integer(0, 0), -40);
    EXPECT_TRUE(result.is_null(0, 1));
    EXPECT_EQ(result.text(0, 1), "");
    EXPECT_EQ(result.text(0, 2), "straße");
    EXPECT_TRUE(result.boolean(0, 3));
}

TEST_F(ConnectionTest, CountsAffectedRows) {
    auto connection = open();
    connection.execute_script("create table t (n int)", {});
    auto const inserted = connection.execute("insert into t select generate_series(1, 3)", {}, {});
    EXPECT_EQ(inserted.affected(), 3U);
}

TEST_F(ConnectionTest, PreparesAStatementOnce) {
    auto connection = open();
    for (int i = 0; i < 3; ++i) connection.execute("select $1::int", {"1"}, {});
    auto const prepared = connection.execute(
        "select count(*) from pg_prepared_statements where statement = 'select $1::int'", {}, {});
    EXPECT_EQ(prepared.integer(0, 0), 1);
}

TEST_F(ConnectionTest, RunsAScriptAndReturnsItsLastResult) {
    auto connection = open();
    auto const result = connection.execute_script(
        "create table t (n int); insert into t values (1), (2); select sum(n) from t", {});
    EXPECT_EQ(result.integer(0, 0), 3);
}

TEST_F(ConnectionTest, AFailedScriptDoesNothingAndLeavesTheConnectionHealthy) {
    auto connection = open();
    EXPECT_THROW(connection.execute_script("create table t (n int); select 1/0", {}), Error);
    EXPECT_TRUE(connection.idle());
    EXPECT_EQ(cell("select to_regclass('t')"), "NULL");
}

TEST_F(ConnectionTest, RefusesCopyInAScript) {
    auto connection = open();
    EXPECT_THROW(connection.execute_script("copy pg_class to stdout", {}), Error);
    EXPECT_FALSE(connection.usable());
}

TEST_F(ConnectionTest, SaysWhatTheServerSaid) {
    auto connection = open();
    connection.execute_script("create table t (n int primary key); insert into t values (7)", {});
    auto const error = thrown_by([&] { connection.execute("insert into t values (7)", {}, {}); });
    ASSERT_TRUE(error);
    EXPECT_STREQ(error->what(),
                 "database: duplicate key value violates unique constraint \"t_pkey\": "
                 "Key (n)=(7) already exists. [23505]");
    EXPECT_EQ(error->sqlstate(), "23505");
    EXPECT_TRUE(connection.idle());
}

TEST_F(ConnectionTest, RefusesTextWithAZeroBeforeItTravels) {
    auto connection = open();
    std::string const text("a\0b", 3);
    auto const error = thrown_by([&] { connection.execute("select $1", {text}, {}); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "22021");
    EXPECT_TRUE(connection.idle());
}

TEST_F(ConnectionTest, KnowsWhetherItIsInATransaction) {
    auto connection = open();
    EXPECT_TRUE(connection.idle());
    connection.execute_script("begin", {});
    EXPECT_FALSE(connection.idle());
    connection.execute_script("rollback", {});
    EXPECT_TRUE(connection.idle());
    EXPECT_GE(connection.server_version(), 140000);
}

TEST_F(ConnectionTest, NamesItselfAndSetsUpItsSession) {
    auto wanted = options();
    wanted.session_setup = "select set_config('work_mem', '7MB', $1::boolean)";
    auto connection = Connection::open(wanted, {});
    auto const shown = connection.execute(
        "select current_setting('application_name'), current_setting('work_mem'), "
        "current_setting('statement_timeout'), current_setting('client_encoding')",
        {}, {});
    EXPECT_EQ(shown.text(0, 0), "indexer-test");
    EXPECT_EQ(shown.text(0, 1), "7MB");
    EXPECT_EQ(shown.text(0, 2), "1min");
    EXPECT_EQ(shown.text(0, 3), "UTF8");
}

TEST_F(ConnectionTest, KeepsTheOptionsOfTheUrlBesideItsOwn) {
    auto wanted = options();
    wanted.url = base::Secret(database_->url() + "&options=-c%20work_mem%3D9MB");
    auto connection = Connection::open(wanted, {});
    auto const shown = connection.execute(
        "select current_setting('work_mem'), current_setting('statement_timeout')", {}, {});
    EXPECT_EQ(shown.text(0, 0), "9MB");
    EXPECT_EQ(shown.text(0, 1), "1min");
}

TEST_F(ConnectionTest, TheOptionsOfTheUrlWin) {
    auto wanted = options();
    wanted.url = base::Secret(database_->url() + "&options=-c%20statement_timeout%3D7s");
    auto connection = Connection::open(wanted, {});
    EXPECT_EQ(connection.execute("show statement_timeout", {}, {}).text(0, 0), "7s");
    EXPECT_FALSE(connection.is_pooled());
    EXPECT_EQ(connection.server_encoding(), "UTF8");
}

TEST_F(ConnectionTest, AStatementTimeoutLeavesTheConnectionHealthy) {
    auto wanted = options();
    wanted.statement_timeout = milliseconds(50);
    auto connection = Connection::open(wanted, {});
    auto const error = thrown_by([&] { connection.execute("select pg_sleep(60)", {}, {}); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "57014");
    EXPECT_EQ(error->recovery(), base::Recovery::retry_here);
    EXPECT_EQ(connection.execute("select 1", {}, {}).integer(0, 0), 1);
}

class StoppedConnectionTest : public ConnectionTest {
  protected:
    // Runs `call`, and stops it once the server works on pg_sleep.
    template <class Call>
    std::optional<base::Error> stopped(Call call) {
        std::stop_source stop;
        auto running = std::async(std::launch::async, [&] {
            return thrown_by<base::Error>([&] { call(stop.get_token()); });
        });
        wait_until_running("pg_sleep");
        stop.request_stop();
        return running.get();
    }
};

TEST_F(StoppedConnectionTest, CancelsTheStatementAndStaysUsable) {
    auto connection = open();
    auto const begun = steady_clock::now();
    auto const error =
        stopped([&](std::stop_token stop) { connection.execute("select pg_sleep(60)", {}, stop); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::stopped);
    EXPECT_LT(steady_clock::now() - begun, seconds(10));
    EXPECT_EQ(connection.execute("select 1", {}, {}).integer(0, 0), 1);
}

TEST_F(StoppedConnectionTest, CancelsTheScriptAndStaysUsable) {
    auto connection = open();
    auto const error = stopped([&](std::stop_token stop) {
        connection.execute_script("select pg_sleep(60); create table t ()", stop);
    });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::stopped);
    EXPECT_TRUE(connection.idle());
    EXPECT_EQ(cell("select to_regclass('t')"), "NULL");
}

TEST_F(ConnectionTest, AStopThatCameBeforeSendsNothing) {
    auto connection = open();
    std::stop_source stop;
    stop.request_stop();
    auto const error =
        thrown_by<base::Error>([&] { Connection::open(options(), stop.get_token()); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::stopped);
}

TEST_F(ConnectionTest, NoticesThatItWasKilledWhileIdle) {
    auto connection = open();
    connection.execute("select 1", {}, {});
    EXPECT_TRUE(connection.usable());
    kill_connections();
    EXPECT_FALSE(connection.usable());
    auto const error = thrown_by([&] { connection.execute("select 1", {}, {}); });
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->connection_lost());
    EXPECT_EQ(error->fault(), Fault::database);
}

TEST_F(ConnectionTest, NoticesThatItWasKilledAtWork) {
    auto connection = open();
    auto running = std::async(std::launch::async, [&] {
        return thrown_by([&] { connection.execute("select pg_sleep(60)", {}, {}); });
    });
    wait_until_running("pg_sleep");
    kill_connections();
    auto const error = running.get();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "57P01");
    EXPECT_TRUE(error->connection_lost());
    EXPECT_FALSE(connection.usable());
}

}  // namespace
}  // namespace indexer::pg
