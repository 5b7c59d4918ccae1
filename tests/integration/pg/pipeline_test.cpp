#include "pg/pipeline.hpp"

#include <future>

#include "tests/integration/pg/pg_test.hpp"

namespace indexer::pg {
namespace {

using base::Fault;

constexpr std::string_view kInsert = "insert into t select unnest($1::int[])";

Array numbers(std::initializer_list<std::int64_t> values) {
    Array array(ElementType::int4);
    for (std::int64_t const value : values) array.add_integer(value);
    return array;
}

class PipelineTest : public PgTest {
  protected:
    void SetUp() override {
        PgTest::SetUp();
        if (IsSkipped()) return;
        connection_.emplace(open());
        connection_->execute_script("create table t (n int primary key)", {});
    }

    std::string rows() const { return cell("select string_agg(n::text, ' ' order by n) from t"); }
    // The transaction is over, and the connection takes the next.
    void expect_ready() {
        EXPECT_TRUE(connection_->idle());
        EXPECT_EQ(connection_->execute("select 1", {}, {}).integer(0, 0), 1);
    }

    std::optional<Connection> connection_;
};

TEST_F(PipelineTest, CommitsEverythingAndReturnsTheResultsInOrder) {
    Pipeline pipeline(*connection_, {});
    pipeline.add(kInsert, {numbers({1, 2})});
    pipeline.add("select count(*) from t", {});
    pipeline.add(kInsert, {numbers({3})});
    auto const results = pipeline.commit();
    ASSERT_EQ(results.size(), 3U);
    EXPECT_EQ(results[0].affected(), 2U);
    EXPECT_EQ(results[1].integer(0, 0), 2);
    EXPECT_EQ(results[2].affected(), 1U);
    EXPECT_EQ(rows(), "1 2 3");
    expect_ready();
}

TEST_F(PipelineTest, CommitsNothingAtAll) {
    EXPECT_TRUE(Pipeline(*connection_, {}).commit().empty());
    expect_ready();
}

TEST_F(PipelineTest, RollsBackUnlessCommitted) {
    {
        Pipeline pipeline(*connection_, {});
        pipeline.add(kInsert, {numbers({1})});
    }
    expect_ready();
    EXPECT_EQ(rows(), "NULL");
}

TEST_F(PipelineTest, AFailureInTheMiddleWritesNothingAndIsTheOneThrown) {
    auto const error = thrown_by([&] {
        Pipeline pipeline(*connection_, {});
        pipeline.add(kInsert, {numbers({1})});
        pipeline.add(kInsert, {numbers({2, 2})});
        pipeline.add("select 1/0", {});
        pipeline.commit();
    });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "23505");
    EXPECT_EQ(rows(), "NULL");
    expect_ready();
}

TEST_F(PipelineTest, TheConnectionIsReadyAsSoonAsCommitFailed) {
    Pipeline pipeline(*connection_, {});
    pipeline.add("select 1/0", {});
    EXPECT_THROW(pipeline.commit(), Error);
    expect_ready();
}

TEST_F(PipelineTest, AFailureAtCommitItselfWritesNothing) {
    connection_->execute_script(
        "create table child (n int references t deferrable initially deferred)", {});
    Pipeline pipeline(*connection_, {});
    pipeline.add(kInsert, {numbers({1})});
    pipeline.add("insert into child values (2)", {});
    auto const error = thrown_by([&] { pipeline.commit(); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "23503");
    EXPECT_EQ(rows(), "NULL");
    expect_ready();
}

TEST_F(PipelineTest, PreparesEachStatementOnceInASession) {
    for (int round = 0; round < 3; ++round) {
        Pipeline pipeline(*connection_, {});
        for (int i = 0; i < 3; ++i) pipeline.add("select $1::int", {"1"});
        pipeline.commit();
    }
    auto const prepared = connection_->execute(
        "select count(*) from pg_prepared_statements where statement = 'select $1::int'", {}, {});
    EXPECT_EQ(prepared.integer(0, 0), 1);
}

// What follows a failure is not parsed, so the server knows none of it; what came before it is.
TEST_F(PipelineTest, KnowsWhichStatementsAFailurePrevented) {
    EXPECT_THROW(
        {
            Pipeline pipeline(*connection_, {});
            pipeline.add("select 'before'", {});
            pipeline.add("select 1/$1::int", {"0"});
            pipeline.add("select 'after'", {});
            pipeline.commit();
        },
        Error);
    Pipeline pipeline(*connection_, {});
    pipeline.add("select 'after'", {});
    pipeline.add("select 1/$1::int", {"1"});
    pipeline.add("select 'before'", {});
    auto const results = pipeline.commit();
    EXPECT_EQ(results[0].text(0, 0), "after");
    EXPECT_EQ(results[1].text(0, 0), "1");
    EXPECT_EQ(results[2].text(0, 0), "before");
}

TEST_F(PipelineTest, AStatementThatCannotBePreparedIsNotRemembered) {
    for (int round = 0; round < 2; ++round) {
        Pipeline pipeline(*connection_, {});
        pipeline.add("select * from later", {});
        auto const error = thrown_by([&] { pipeline.commit(); });
        ASSERT_TRUE(error);
        EXPECT_EQ(error->sqlstate(), "42P01");
    }
    connection_->execute_script("create table later ()", {});
    Pipeline pipeline(*connection_, {});
    pipeline.add("select * from later", {});
    EXPECT_EQ(pipeline.commit().size(), 1U);
}

// Fifty megabytes each way: more than the buffers between the two hold, so that whoever only sends
// waits for ever.
TEST_F(PipelineTest, SendsAndReceivesAtOnce) {
    constexpr std::size_t kMegabyte = 1'000'000;
    std::string const text(kMegabyte, 'x');
    Pipeline pipeline(*connection_, {});
    for (int i = 0; i < 50; ++i) pipeline.add("select $1", {text});
    auto const results = pipeline.commit();
    ASSERT_EQ(results.size(), 50U);
    for (Result const& result : results) EXPECT_EQ(result.text(0, 0).size(), kMegabyte);
}

TEST_F(PipelineTest, TakesOneParameterOfFiftyMegabytes) {
    Array array(ElementType::text);
    std::string const text(1'000'000, 'x');
    for (int i = 0; i < 50; ++i) array.add_bytes(text);
    auto patient = options();
    patient.statement_timeout = std::chrono::minutes(4);  // ThreadSanitizer makes libpq crawl
    auto connection = Connection::open(patient, {});
    Pipeline pipeline(connection, {});
    pipeline.add("select sum(length(x)) from unnest($1::text[]) as x", {array});
    EXPECT_EQ(pipeline.commit().front().integer(0, 0), 50'000'000);
}

TEST_F(PipelineTest, AConnectionKilledBeforeIsLost) {
    kill_connections();
    auto const error = thrown_by([&] { Pipeline(*connection_, {}).commit(); });
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->connection_lost());
    EXPECT_FALSE(connection_->usable());
}

TEST_F(PipelineTest, AConnectionKilledBetweenStatementsIsLostAndWritesNothing) {
    auto const error = thrown_by([&] {
        Pipeline pipeline(*connection_, {});
        pipeline.add(kInsert, {numbers({1})});
        kill_connections();
        pipeline.commit();
    });
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->connection_lost());
    EXPECT_FALSE(connection_->usable());
    EXPECT_EQ(rows(), "NULL");
}

TEST_F(PipelineTest, AConnectionKilledDuringAStatementIsLostAndWritesNothing) {
    auto running = std::async(std::launch::async, [&] {
        return thrown_by([&] {
            Pipeline pipeline(*connection_, {});
            pipeline.add(kInsert, {numbers({1})});
            pipeline.add("select pg_sleep(60)", {});
            pipeline.commit();
        });
    });
    wait_until_running("pg_sleep");
    kill_connections();
    auto const error = running.get();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "57P01");
    EXPECT_FALSE(connection_->usable());
    EXPECT_EQ(rows(), "NULL");
}

TEST_F(PipelineTest, AReadOnlyServerIsLeft) {
    connection_->execute_script("set default_transaction_read_only = on", {});
    Pipeline pipeline(*connection_, {});
    pipeline.add(kInsert, {numbers({1})});
    auto const error = thrown_by([&] { pipeline.commit(); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "25006");
    EXPECT_FALSE(connection_->usable());
}

TEST_F(PipelineTest, AStopCancelsAndRollsBack) {
    std::stop_source stop;
    auto running = std::async(std::launch::async, [&] {
        return thrown_by<base::Error>([&] {
            Pipeline pipeline(*connection_, stop.get_token());
            pipeline.add(kInsert, {numbers({1})});
            pipeline.add("select pg_sleep(60)", {});
            pipeline.commit();
        });
    });
    wait_until_running("pg_sleep");
    stop.request_stop();
    auto const error = running.get();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::stopped);
    EXPECT_EQ(rows(), "NULL");
    expect_ready();
}

// The server waits for a lock and reads no more, so sending waits too.
TEST_F(PipelineTest, AStopEndsSendingToABusyServer) {
    auto blocker = open();
    blocker.execute_script("begin; lock table t", {});
    std::stop_source stop;
    auto running = std::async(std::launch::async, [&] {
        return thrown_by<base::Error>([&] {
            Pipeline pipeline(*connection_, stop.get_token());
            std::string const text(1'000'000, 'x');
            pipeline.add(kInsert, {numbers({1})});
            for (int i = 0; i < 20; ++i) pipeline.add("select length($1)", {text});
            pipeline.commit();
        });
    });
    wait_until_running("insert into t");
    stop.request_stop();
    auto const error = running.get();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::stopped);
    expect_ready();
}

}  // namespace
}  // namespace indexer::pg
