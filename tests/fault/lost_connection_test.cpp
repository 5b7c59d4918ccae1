#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/held_session.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

// Commands that work on what is stored, each of which loses a connection in the middle of a
// statement. They go on with another one.
class LostConnection : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node({"--first-slot", "1000", "--slots", "5000", "--seed", "9", "--transactions",
                    "10", "--tip", "1200"});
        migrate();
        auto const done = indexer({"backfill", "--from-slot", "1000", "--to-slot", "1099"});
        ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
    }

    // Ends the session that is the first to ask for `locked`.
    Finished lose(std::string const& locked, std::vector<std::string> arguments) {
        std::optional<HeldSession> lock(
            std::in_place, database_->url(),
            ("begin; lock table " + locked + " in access exclusive mode").c_str());
        auto const running = start_indexer(std::move(arguments));
        while (table("select count(pg_terminate_backend(pid)) > 0 from pg_stat_activity where "
                     "datname = current_database() and application_name like 'indexer%' and "
                     "wait_event_type = 'Lock'") != "t\n") {
        }
        EXPECT_TRUE(running->wait_for_error_text("trying again")) << running->wait().err;
        lock.reset();
        return running->wait();
    }
};

TEST_F(LostConnection, OfAnAudit) {
    auto const done =
        lose("indexer.blocks", {"audit", "--against", node_->url(), "--sample", "10%"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
}

TEST_F(LostConnection, OfDeadLettersRetry) {
    auto const done = lose("indexer.dead_letters", {"dead-letters", "retry"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
}

TEST_F(LostConnection, OfARepair) {
    auto const done = lose("indexer.holes", {"repair"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
}

}  // namespace
}  // namespace indexer::test
