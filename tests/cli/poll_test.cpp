#include <csignal>
#include <optional>

#include <gtest/gtest.h>

#include "tests/support/held_session.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

class Poll : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }

    void node(std::vector<std::string> more = {}, std::string const& tip = "1200") {
        more.insert(more.begin(), {"--first-slot", "1000", "--slots", "5000", "--seed", "9",
                                   "--transactions", "10", "--tip", tip});
        start_node(more);
    }
    static std::vector<std::string> command(std::vector<std::string> more) {
        more.insert(more.begin(), {"poll", "--interval", "50ms", "--heal-interval", "100ms"});
        return more;
    }
    Finished poll(std::vector<std::string> more = {}) { return indexer(command(std::move(more))); }
    Finished poll_until(std::string const& sql, std::vector<std::string> more) {
        return indexer_until(sql, command(std::move(more)));
    }
    std::string proven() const {
        return table(
            "select count(*), min(first_seq) <= 1000, max(last_seq) from "
            "indexer.segments");
    }
};

TEST_F(Poll, CatchesUpAndEnds) {
    node();
    auto const done = poll({"--from-slot", "1000", "--until-caught-up"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(proven(), "1\tt\t1200\n");
}

TEST_F(Poll, CatchesUpWithATipThatMovesDuringEveryRound) {
    node({"--slot-interval", "50ms", "--latency", "100ms"});
    auto const done = poll({"--from-slot", "1000", "--until-caught-up", "--max-runtime", "30s"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table("select count(*), max(last_seq) >= 1200 from indexer.segments"), "1\tt\n");
}

TEST_F(Poll, BeginsAtTheTipOfANewDatabaseAndGoesOnWhereItStopped) {
    node();
    ASSERT_EQ(poll({"--until-caught-up"}).exit_code, 0);
    EXPECT_EQ(table("select last_seq, blocks from indexer.segments"), "1200\t1\n");
    node({}, "1300");
    ASSERT_EQ(poll({"--until-caught-up"}).exit_code, 0);
    EXPECT_EQ(table("select count(*), max(last_seq) from indexer.segments"), "1\t1300\n");
}

TEST_F(Poll, FollowsAMovingTipUntilToldToStop) {
    node({"--slot-interval", "20ms"});
    auto const stopped = poll_until(
        "select coalesce(max(last_seq), 0) > 1250 from indexer.segments where first_seq <= 1190",
        {"--from-slot", "1190"});
    EXPECT_EQ(stopped.exit_code, 75) << stopped.out << stopped.err;
    // What was under way at the stop may have been left out; the next run has it.
    auto const next = poll({"--from-slot", "1190", "--until-caught-up"});
    EXPECT_EQ(next.exit_code, 0) << next.out << next.err;
    EXPECT_EQ(table("select count(*) from indexer.segments"), "1\n");
}

TEST_F(Poll, EndsAfterItsTimeAndKeepsWhatItDid) {
    node({"--slot-interval", "20ms"});
    auto const stored = [&] {
        return table("select coalesce(max(last_seq), 0) >= 1250 from indexer.segments") == "t\n";
    };
    for (int seconds = 1; !stored(); ++seconds) {
        auto const done =
            poll({"--from-slot", "1190", "--max-runtime", std::to_string(seconds) + "s"});
        ASSERT_EQ(done.exit_code, 75) << done.out << done.err;
    }
    EXPECT_EQ(table("select (select count(*) from solana.blocks) = sum(blocks) "
                    "from indexer.segments"),
              "t\n");
}

TEST_F(Poll, HealsTheGapsItPasses) {
    node({"--fault", "unavailable:slots=1100-1105,within=1s", "--slot-interval", "50ms"});
    auto const done = poll_until(
        "select count(*) = 1 and max(last_seq) > 1200 from indexer.segments "
        "where not exists (select from indexer.holes where seq < 1200)",
        {"--from-slot", "1000", "--max-attempts", "1"});
    EXPECT_EQ(done.exit_code, 75) << done.out << done.err;
}

TEST_F(Poll, OutlivesAnEndpointThatGoesAway) {
    node({"--fault", "503:within=2s,from=5", "--slot-interval", "20ms"});
    auto const done =
        poll_until("select count(*) = 1 and max(last_seq) > 1300 from indexer.segments",
                   {"--from-slot", "1150", "--max-attempts", "2", "--breaker-open", "100ms",
                    "--backoff", "20ms"});
    EXPECT_EQ(done.exit_code, 75) << done.out << done.err;
}

TEST_F(Poll, LeavesInTimeWhenTheDatabaseDoesNotAnswer) {
    node({"--slot-interval", "20ms"});
    // One block after the other: what is written when the table is locked is then one segment.
    auto const running = start_indexer({"poll", "--from-slot", "1190", "--stop-timeout", "500ms",
                                        "--concurrency", "1", "--writers", "1"});
    while (table("select count(*) from indexer.segments") == "0\n") {
    }
    std::optional<HeldSession> blocker(std::in_place, database_->url(),
                                       "begin; lock table solana.transactions");
    while (table("select count(*) from pg_locks where not granted and "
                 "relation = 'solana.transactions'::regclass") == "0\n") {
    }
    running->signal(SIGTERM);
    auto const stopped = running->wait();  // the statement's own timeout is a minute
    EXPECT_EQ(stopped.exit_code, 75) << stopped.out << stopped.err;
    blocker.reset();
    EXPECT_EQ(table("select count(*) from indexer.segments"), "1\n");
}

TEST_F(Poll, FollowsPastHistoryThatNoEndpointHasAnyMore) {
    node();
    ASSERT_EQ(indexer({"backfill", "--from-slot", "1000", "--to-slot", "1019"}).exit_code, 0);
    node({"--first-available", "1100"});
    auto const done = poll({"--until-caught-up"});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.err.find("first block is 1100: it stays a gap"), std::string::npos) << done.err;
    EXPECT_NE(done.out.find("missing: 80 seqs in 1 gap: 1020-1099"), std::string::npos) << done.out;
    EXPECT_LT(node_->calls("getBlock"), 130U) << "asked for what nobody has";
}

TEST_F(Poll, DoesNotChaseATipThatIsNone) {
    node({"--slot-interval", "20ms", "--fault", "tip-told:from=2,count=1"});
    auto const done = poll_until("select coalesce(max(last_seq), 0) > 1300 from indexer.segments",
                                 {"--from-slot", "1190"});
    EXPECT_EQ(done.exit_code, 75) << done.out << done.err;
    EXPECT_NE(done.err.find("the tip told is 1000000000000000, more than time allows"),
              std::string::npos)
        << done.err;
    // Empty slots behind the tip were not asked for by name.
    EXPECT_EQ(table("select count(*) from indexer.holes where seq > 5000"), "0\n");
}

TEST_F(Poll, BeginsAtNoTipWithoutBlocks) {
    node({"--fault", "tip-told:count=1"});
    ASSERT_EQ(poll({"--until-caught-up"}).exit_code, 0);
    EXPECT_EQ(table("select last_seq, blocks from indexer.segments"), "1200\t1\n");
    node({"--fault", "tip-told"});
    auto const done = indexer({"backfill", "--from-slot", "1000"});
    EXPECT_EQ(done.exit_code, 6) << done.out << done.err;
    EXPECT_NE(done.err.find("but no block is listed from"), std::string::npos) << done.err;
}

TEST_F(Poll, OnlyOneAtATime) {
    node({"--slot-interval", "400ms"});
    auto const first = start_indexer({"poll", "--from-slot", "1190"});
    while (table("select count(*) from indexer.segments") == "0\n") {
    }
    auto const second = poll({"--until-caught-up"});
    EXPECT_EQ(second.exit_code, 4) << second.err;
    EXPECT_NE(second.err.find("another poller"), std::string::npos) << second.err;
    EXPECT_EQ(poll({"--until-caught-up", "--on-lock", "skip"}).exit_code, 0);
    // A killed holder frees the lock at once.
    first->signal(SIGKILL);
    static_cast<void>(first->wait());
    EXPECT_EQ(poll({"--until-caught-up", "--on-lock", "wait"}).exit_code, 0);
}

}  // namespace
}  // namespace indexer::test
