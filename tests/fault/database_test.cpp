#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/fault/fault_table.hpp"
#include "tests/support/held_session.hpp"
#include "tests/world/slow_path.hpp"
#include "tests/world/world.hpp"

// What PostgreSQL can do to a run. Each test ends with exactly the rows that an undisturbed run
// writes.
namespace indexer::test {
namespace {

using namespace std::chrono_literals;

class DatabaseFault : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node({"--first-slot", "1000", "--slots", "250", "--seed", "23", "--transactions",
                    "15", "--latency", "10ms"});
        migrate();
        expected_ = undisturbed();
        ASSERT_FALSE(expected_.empty());
        calls_before_ = node_->calls("getBlock");
    }

    static std::vector<std::string> run_of(std::string const& command,
                                           std::vector<std::string> const& more = {}) {
        std::vector<std::string> run{command, "--from-slot", "1000", "--concurrency",
                                     "4",     "--log-level", "warn", "--group-blocks",
                                     "10"};
        if (command == "poll") run.emplace_back("--until-caught-up");
        run.insert(run.end(), more.begin(), more.end());
        return run;
    }
    Finished copy(std::vector<std::string> const& more = {}) {
        return indexer(run_of("backfill", more));
    }
    std::unique_ptr<Process> start(std::vector<std::string> const& more = {}) {
        return start_indexer(run_of("backfill", more));
    }

    // Until the run under test is under way.
    void wait_for_blocks(std::uint64_t blocks) const {
        while (node_->calls("getBlock") < calls_before_ + blocks) std::this_thread::sleep_for(1ms);
    }

    // Ends a test: the run ended well, and everything is there once.
    void expect_whole(Finished const& last, std::string const& fault, std::string const& did) {
        EXPECT_EQ(last.exit_code, 0) << last.err;
        expect_whole_at(database_->url(), last, fault, did);
    }
    void expect_whole_at(std::string const& url, Finished const& last, std::string const& fault,
                         std::string const& did) {
        auto const rows = rows_of(url);
        FaultOutcome const outcome{.fault = fault,
                                   .did = did,
                                   .missing = not_in(expected_, rows),
                                   .surplus = not_in(rows, expected_),
                                   .exit_code = last.exit_code,
                                   .message = complaint(last.err)};
        EXPECT_EQ(outcome.missing, 0U);
        EXPECT_EQ(outcome.surplus, 0U);
        EXPECT_EQ(query_cell(url, "select count(*) from indexer.segments"), "1");
        tabulate(outcome);
    }
    // A run that had to give up, and then the same command once the fault is gone.
    void expect_failed_then_whole(Finished const& failed, std::string const& words,
                                  std::string const& fault, std::function<void()> const& mend) {
        EXPECT_EQ(failed.exit_code, 5) << failed.out << failed.err;
        EXPECT_NE(failed.err.find(words), std::string::npos) << failed.err;
        EXPECT_NE(failed.err.find("\nhint: "), std::string::npos) << failed.err;
        mend();
        auto again = copy();
        EXPECT_EQ(again.exit_code, 0) << again.err;
        again.exit_code = failed.exit_code;
        again.err = failed.err;
        expect_whole_at(database_->url(), again, fault,
                        "gave up; the same command did the rest (exit 0)");
    }

    std::vector<std::string> expected_;
    std::uint64_t calls_before_ = 0;

  private:
    std::vector<std::string> undisturbed() {
        TempDatabase const other;
        environment_["DATABASE_URL"] = other.url();
        EXPECT_EQ(indexer({"migrate"}).exit_code, 0);
        EXPECT_EQ(copy({"--quiet"}).exit_code, 0);
        environment_.erase("DATABASE_URL");
        return rows_of(other.url());
    }
};

TEST_F(DatabaseFault, KilledBackends) {
    for (std::string const command : {"backfill", "poll"}) {
        run_sql(
            "truncate solana.blocks, solana.transactions, solana.token_transfers, "
            "solana.sol_transfers, solana.swaps, indexer.segments");
        calls_before_ = node_->calls("getBlock");
        auto const running = start_indexer(run_of(command));
        wait_for_blocks(1);  // a database that fails before that ends the run
        std::atomic<bool> done = false;
        std::thread killer([&] {
            for (int kills = 0; kills < 8 && !done; ++kills) {
                run_sql(
                    "select pg_terminate_backend(pid) from pg_stat_activity where "
                    "datname = current_database() and pid <> pg_backend_pid() and "
                    "application_name like 'indexer%'");
                std::this_thread::sleep_for(100ms);
            }
        });
        auto const finished = running->wait();
        done = true;
        killer.join();
        expect_whole(finished, "killed backends, " + command, "connected again and went on");
    }
}

// The server lets a role have two sessions, and others hold one of them, then both.
class CrowdedDatabase : public DatabaseFault {
  protected:
    void SetUp() override {
        DatabaseFault::SetUp();
        if (IsSkipped()) return;
        database_.emplace();
        role_ = database_->name();
        run_sql(
            fmt::format("create role {0} login password 'p' connection limit 2; "
                        "alter database {0} owner to {0}",
                        role_));
        url_ = database_->url() + "&user=" + role_ + "&password=p";
        environment_["DATABASE_URL"] = url_;
        migrate();
    }
    void TearDown() override {
        database_.reset();
        if (!role_.empty()) query(std::getenv("INDEXER_TEST_DATABASE_URL"), "drop role " + role_);
    }

    std::string role_;
    std::string url_;
};

TEST_F(CrowdedDatabase, IsUsedWithTheConnectionsThatAreToBeHad) {
    HeldSession const one(url_);
    expect_whole(copy({"--writers", "3"}), "too many connections for some writers",
                 "wrote with the connections it got");
}

TEST_F(CrowdedDatabase, EndsARunThatGetsNoConnection) {
    std::optional<HeldSession> one(url_);
    std::optional<HeldSession> other(url_);
    expect_failed_then_whole(copy(), "too many connections", "too many connections", [&] {
        one.reset();
        other.reset();
    });
}

// As after a failover: error 25006, which a hot standby gives too.
class ReadOnlyDatabase : public DatabaseFault {
  protected:
    void make_read_only() const {
        run_sql(
            fmt::format("alter database {} set default_transaction_read_only = on; "
                        "select pg_terminate_backend(pid) from pg_stat_activity where "
                        "datname = current_database() and pid <> pg_backend_pid()",
                        database_->name()));
    }
    void make_writable() const {
        run_sql(fmt::format(
            "begin read write; alter database {} reset default_transaction_read_only; commit",
            database_->name()));
    }
};

TEST_F(ReadOnlyDatabase, ForAWhile) {
    auto const running = start();
    wait_for_blocks(40);
    make_read_only();
    ASSERT_TRUE(running->wait_for_error_text("read-only transaction")) << running->wait().err;
    make_writable();
    expect_whole(running->wait(), "read-only for a while", "connected anew until it could write");
}

TEST_F(ReadOnlyDatabase, ForGood) {
    make_read_only();
    expect_failed_then_whole(copy(), "read-only transaction", "read-only",
                             [&] { make_writable(); });
}

TEST_F(DatabaseFault, StatementTimeout) {
    std::optional<HeldSession> lock;
    auto const running = start({"--statement-timeout", "300ms"});
    wait_for_blocks(40);
    lock.emplace(database_->url(), "begin; lock table solana.transactions");
    ASSERT_TRUE(running->wait_for_error_text("statement timeout")) << running->wait().err;
    lock.reset();
    expect_whole(running->wait(), "statement timeout, once", "wrote the group again");
}

TEST_F(DatabaseFault, StatementTimeoutForGood) {
    std::optional<HeldSession> lock(std::in_place, database_->url(),
                                    "begin; lock table solana.transactions");
    auto const failed = copy({"--statement-timeout", "200ms", "--max-write-attempts", "2"});
    expect_failed_then_whole(failed, "canceling statement due to statement timeout",
                             "statement timeout, again and again", [&] { lock.reset(); });
}

class DistantDatabase : public DatabaseFault {
  protected:
    // The same database at the end of a line.
    void distance(std::chrono::milliseconds one_way) {
        auto const& url = database_->url();
        path_.emplace(query_cell(url, "show unix_socket_directories") + "/.s.PGSQL." +
                          query_cell(url, "show port"),
                      one_way);
        environment_["DATABASE_URL"] =
            fmt::format("postgresql://postgres@127.0.0.1:{}/{}", path_->port(), database_->name());
    }
    std::optional<SlowPath> path_;
};

TEST_F(DistantDatabase, LosesTheAnswerToACommit) {
    distance(0ms);
    auto const running = start();
    wait_for_blocks(40);
    path_->cut_before("COMMIT");
    auto const finished = running->wait();
    EXPECT_TRUE(path_->has_cut());
    EXPECT_NE(finished.err.find("trying again"), std::string::npos) << finished.err;
    expect_whole(finished, "lost answer to a commit",
                 "wrote the group again, which changed nothing");
}

TEST_F(DistantDatabase, AnswersAfterOneAndAHalfSeconds) {
    distance(750ms);
    for (std::string const command : {"backfill", "poll"}) {
        run_sql(
            "truncate solana.blocks, solana.transactions, solana.token_transfers, "
            "solana.sol_transfers, solana.swaps, indexer.segments");
        expect_whole(indexer(run_of(command)), "1.5 s a round trip, " + command,
                     "went on at the pace of the queue");
    }
}

// A disk of the database's own, so that filling it hurts nobody else.
class FullDisk : public DatabaseFault {
  protected:
    static constexpr std::size_t kBytes = 48U << 20U;

    void SetUp() override {
        DatabaseFault::SetUp();
        if (IsSkipped()) return;
        auto const name = database_->name();
        disk_ = std::filesystem::temp_directory_path() / name;
        std::filesystem::create_directory(disk_);
        auto const size = fmt::format("size={},mode=0777", kBytes);
        mounted_ = mount("none", disk_.c_str(), "tmpfs", 0, size.c_str()) == 0;
        if (!mounted_) {
            GTEST_SKIP() << "A FULL DISK IS NOT TESTED: mounting a file system takes root";
        }
        auto const* const server = std::getenv("INDEXER_TEST_DATABASE_URL");
        own("data");
        query(server,
              fmt::format("create tablespace {0} location '{1}/data'", name, disk_.string()));
        query(server, fmt::format("alter database {0} set tablespace {0}", name));
    }
    void TearDown() override {
        auto const name = database_ ? database_->name() : std::string();
        database_.reset();
        if (mounted_) {
            query(std::getenv("INDEXER_TEST_DATABASE_URL"), "drop tablespace if exists " + name);
            umount(disk_.c_str());
        }
        if (!disk_.empty()) std::filesystem::remove_all(disk_);
    }

    // Takes all that is left of the disk but a little.
    void fill() const {
        auto const left = std::filesystem::space(disk_).available;
        std::ofstream(disk_ / "filler") << std::string(left - (128U << 10U), 'x');
    }
    void make_room() const { std::filesystem::remove(disk_ / "filler"); }

  private:
    // A folder that belongs to the server.
    void own(std::string const& folder) const {
        auto const path = disk_ / folder;
        std::filesystem::create_directory(path);
        struct stat server {};
        auto const data = query_cell(database_->url(), "show data_directory");
        ASSERT_EQ(stat(data.c_str(), &server), 0);
        ASSERT_EQ(chown(path.c_str(), server.st_uid, server.st_gid), 0);
    }

    std::filesystem::path disk_;
    bool mounted_ = false;
};

TEST_F(FullDisk, ForAWhile) {
    fill();
    auto const running = start();
    ASSERT_TRUE(running->wait_for_error_text("No space left on device")) << running->wait().err;
    make_room();
    expect_whole(running->wait(), "disk full for a while", "wrote the group again until it fit");
}

TEST_F(FullDisk, ForGood) {
    fill();
    expect_failed_then_whole(copy({"--max-write-attempts", "2"}), "No space left on device",
                             "disk full", [&] { make_room(); });
}

// A server of this run alone, which can be stopped.
class OwnServer : public DatabaseFault {
  protected:
    void SetUp() override {
        DatabaseFault::SetUp();
        if (IsSkipped()) return;
        home_ = std::filesystem::temp_directory_path() / (database_->name() + "_own");
        environment_["DATABASE_URL"] = "";
        environment_["INDEXER_DATA_DIR"] = home_.string();
        db("start");
        url_ = db("url").out;
        url_.pop_back();
    }
    void TearDown() override {
        if (home_.empty()) return;
        db("stop");
        std::filesystem::remove_all(home_);
    }
    Finished db(std::string const& verb) {
        auto done = indexer({"db", verb});
        EXPECT_EQ(done.exit_code, 0) << done.err;
        return done;
    }

    std::filesystem::path home_;
    std::string url_;
};

TEST_F(OwnServer, RestartsUnderARun) {
    auto const running = start_indexer(run_of("poll"));
    wait_for_blocks(40);
    db("stop");
    db("start");
    auto const finished = running->wait();
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    expect_whole_at(url_, finished, "server restart", "connected again and went on");
}

}  // namespace
}  // namespace indexer::test
