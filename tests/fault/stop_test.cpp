#include <csignal>

#include <gtest/gtest.h>

#include "tests/support/held_session.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

// A command that mends or checks what is stored, and how to give it a few seconds of work.
struct Work {
    char const* name;
    std::vector<std::string> command;
    char const* sql;     // makes the work
    bool drains = true;  // a stop lets it write what it has; else it drops that at once
};

std::ostream& operator<<(std::ostream& out, Work const& work) {
    return out << work.name;
}

class Stop : public World, public ::testing::WithParamInterface<Work> {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        migrate();
        start_node(kNode);
        ASSERT_EQ(
            indexer({"backfill", "--from-slot", "1000", "--to-slot", "1199", "--quiet"}).exit_code,
            0);
        run_sql(GetParam().sql);
        auto slow = kNode;
        slow.insert(slow.end(), {"--latency", "100ms"});
        start_node(slow);
    }

    std::unique_ptr<Process> start(std::vector<std::string> const& more = {}) {
        auto arguments = GetParam().command;
        if (arguments.front() == "audit") {
            arguments.insert(arguments.end(), {"--against", node_->url()});
        } else {
            arguments.insert(arguments.end(), {"--concurrency", "1", "--flush-interval", "5ms"});
        }
        arguments.insert(arguments.end(), more.begin(), more.end());
        return start_indexer(arguments);
    }

    void wait_for_blocks(std::uint64_t count) const {
        while (node_->calls("getBlock") < count) {
        }
    }

    std::vector<std::string> const kNode{"--first-slot", "1000", "--slots",        "230",
                                         "--seed",       "7",    "--transactions", "8"};
};

TEST_P(Stop, EndsWith75AndTheNextRunDoesTheRest) {
    auto const running = start();
    wait_for_blocks(5);
    running->signal(SIGTERM);
    auto const stopped = running->wait();
    EXPECT_EQ(stopped.exit_code, 75) << stopped.out << stopped.err;
    EXPECT_FALSE(stopped.out.empty()) << "what was done is told";
    start_node(kNode);
    auto const rest = start()->wait();
    EXPECT_EQ(rest.exit_code, 0) << rest.out << rest.err;
    auto const proof = indexer({"verify", "--deep"});
    EXPECT_EQ(proof.exit_code, 0) << proof.out << proof.err;
}

// What an audit asks of the database ends with the stop itself: it writes nothing.
using StopOfWriting = Stop;

TEST_P(StopOfWriting, LeavesInTimeWhenTheDatabaseDoesNotAnswer) {
    HeldSession const blocker(database_->url(),
                              "begin; lock table solana.transactions in exclusive mode");
    auto const running = start({"--stop-timeout", "500ms"});
    while (table("select count(*) from pg_locks where not granted and "
                 "relation = 'solana.transactions'::regclass") == "0\n") {
    }
    running->signal(SIGTERM);
    auto const stopped = running->wait();  // the statement's own timeout is a minute
    EXPECT_EQ(stopped.exit_code, 75) << stopped.out << stopped.err;
    EXPECT_EQ(stopped.err.find("left at once") != std::string::npos, GetParam().drains)
        << stopped.err;
}

constexpr auto kForget =
    "select indexer.uncover('solana', content, 1050, 1150) from indexer.contents";
constexpr auto kBury =
    "insert into indexer.dead_letters (chain, content, seq, path, stage, error, raw) "
    "select 'solana', content, seq, 'transaction 1', 'decode', 'odd', 'x' "
    "from indexer.contents join indexer.blocks using (content_id) where seq <= 1199";

auto const writing = ::testing::Values(
    Work{"Repair", {"repair"}, kForget},
    Work{"Reindex", {"reindex", "--from-slot", "1000", "--to-slot", "1199"}, "select 1"},
    Work{"DeadLetters", {"dead-letters", "retry"}, kBury, false});
auto const work_name = [](auto const& work) { return work.param.name; };

INSTANTIATE_TEST_SUITE_P(Writing, Stop, writing, work_name);
INSTANTIATE_TEST_SUITE_P(Writing, StopOfWriting, writing, work_name);
INSTANTIATE_TEST_SUITE_P(Reading, Stop,
                         ::testing::Values(Work{
                             "Audit", {"audit", "--sample", "100%"}, "select 1"}),
                         work_name);

}  // namespace
}  // namespace indexer::test
