#include <csignal>

#include <gtest/gtest.h>

#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

constexpr auto kEveryRow =
    "select md5(string_agg(t::text, ',' order by slot, transaction_index)) "
    "from solana.transactions t";
constexpr auto kEveryBlock =
    "select count(*), md5(string_agg(b::text, ',' order by slot)) from solana.blocks b";
constexpr auto kCertificate =
    "select first_seq <= 1000, last_seq >= 1199, "
    "blocks = (select count(*) from solana.blocks), blocks + skipped = last_seq - first_seq + 1 "
    "from indexer.segments";

class Backfill : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node(
            {"--first-slot", "1000", "--slots", "210", "--seed", "7", "--transactions", "20"});
        migrate();
    }
    static std::vector<std::string> range(std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"backfill", "--from-slot", "1000", "--to-slot", "1199"});
        return more;
    }
};

TEST_F(Backfill, CopiesARangeAndProvesIt) {
    auto const done = indexer(range());
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_NE(done.out.find("solana 1000-1199: complete"), std::string::npos) << done.out;
    EXPECT_EQ(table(kCertificate), "t\tt\tt\tt\n");
    EXPECT_EQ(table("select count(*) from solana.blocks b where parent_slot >= 1000 and not exists"
                    " (select from solana.blocks p where p.slot = b.parent_slot"
                    "  and p.blockhash = b.previous_blockhash)"),
              "0\n");
}

// But the newest block, by which the chain is known again.
TEST_F(Backfill, ASecondRunFetchesNothingAndWritesNothing) {
    ASSERT_EQ(indexer(range()).exit_code, 0);
    auto const blocks = node_->calls("getBlock");
    auto const before = table(kEveryRow) + table(kEveryBlock);
    auto const changes = table(
        "select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables "
        "where schemaname in ('solana', 'indexer')");
    auto const again = indexer(range());
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(node_->calls("getBlock"), blocks + 1);
    EXPECT_EQ(table(kEveryRow) + table(kEveryBlock), before);
    EXPECT_EQ(table("select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables "
                    "where schemaname in ('solana', 'indexer')"),
              changes);
}

TEST_F(Backfill, FillsAGapWhoseRowsAreThere) {
    ASSERT_EQ(indexer(range()).exit_code, 0);
    auto const before = table(kEveryRow) + table(kEveryBlock);
    run_sql("select indexer.uncover('solana', content, 1050, 1150) from indexer.contents");
    run_sql("delete from solana.transactions where slot between 1100 and 1110");
    run_sql("update solana.transactions set fee = fee + 1 where slot between 1060 and 1070");
    auto const again = indexer(range());
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(table(kEveryRow) + table(kEveryBlock), before);
    EXPECT_EQ(table(kCertificate), "t\tt\tt\tt\n");
}

TEST_F(Backfill, ForceFetchesAllAndChangesNoRow) {
    ASSERT_EQ(indexer(range()).exit_code, 0);
    auto const before = table("select slot, transaction_index, xmin from solana.transactions");
    auto const blocks = node_->calls("getBlock");
    auto const again = indexer(range({"--force"}));
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_GE(node_->calls("getBlock"), 2 * blocks - 2);
    EXPECT_EQ(table("select slot, transaction_index, xmin from solana.transactions"), before);
}

TEST_F(Backfill, ForceMendsARowThatWasDamaged) {
    ASSERT_EQ(indexer(range()).exit_code, 0);
    auto const before = table(kEveryRow);
    run_sql(
        "update solana.transactions set fee = fee + 1 where slot in "
        "(select min(slot) from solana.transactions)");
    EXPECT_NE(table(kEveryRow), before);
    ASSERT_EQ(indexer(range({"--force"})).exit_code, 0);
    EXPECT_EQ(table(kEveryRow), before);
}

TEST_F(Backfill, DryRunNamesWhatIsMissingAndWritesNothing) {
    ASSERT_EQ(indexer({"backfill", "--from-slot", "1050", "--to-slot", "1100"}).exit_code, 0);
    auto const first = table("select first_seq from indexer.segments");
    auto const last = table("select last_seq from indexer.segments");
    auto const done = indexer(range({"--dry-run"}));
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_NE(done.out.find("1000-" + std::to_string(std::stoi(first) - 1) + "\n"),
              std::string::npos)
        << done.out;
    EXPECT_NE(done.out.find(std::to_string(std::stoi(last) + 1) + "-1199\n"), std::string::npos);
    EXPECT_EQ(table("select count(*) from indexer.segments"), "1\n");
}

TEST_F(Backfill, PrintsItsReportAsJsonForScripts) {
    auto const done = indexer(range({"--output", "json", "--quiet"}));
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_EQ(done.err, "");
    EXPECT_TRUE(done.out.starts_with(R"({"chain":"solana","content":)")) << done.out;
    EXPECT_NE(done.out.find(R"("complete":true)"), std::string::npos);
    EXPECT_NE(done.out.find(R"("missing":[])"), std::string::npos);
}

TEST_F(Backfill, WritesVotesOnlyWhenAskedButAlwaysCountsThem) {
    ASSERT_EQ(indexer(range()).exit_code, 0);
    EXPECT_EQ(table("select count(*) from solana.transactions where is_vote"), "0\n");
    auto const votes = table("select sum(vote_count) from solana.blocks");
    ASSERT_EQ(indexer(range({"--include-votes"})).exit_code, 0);
    EXPECT_EQ(table("select count(*) from solana.transactions where is_vote"), votes);
    EXPECT_EQ(table("select count(*) from indexer.segments"), "2\n");
}

TEST_F(Backfill, EverySettingOfThePipelineGivesTheSameRows) {
    ASSERT_EQ(indexer(range()).exit_code, 0);
    auto const expected = table(kEveryRow) + table(kEveryBlock);
    for (auto const& settings : std::vector<std::vector<std::string>>{
             {"--concurrency", "1", "--writers", "1", "--batch-size", "1"},
             {"--concurrency", "50", "--writers", "8", "--batch-size", "7"},
             {"--queue-capacity", "1", "--group-blocks", "3", "--flush-interval", "1ms"},
             {"--queue-size", "1KB", "--group-size", "1KB", "--no-gzip"}}) {
        run_sql("truncate solana.blocks, solana.transactions, indexer.segments");
        auto const done = indexer(range(settings));
        EXPECT_EQ(done.exit_code, 0) << done.err;
        EXPECT_EQ(table(kEveryRow) + table(kEveryBlock), expected) << settings[1];
        EXPECT_EQ(table(kCertificate), "t\tt\tt\tt\n");
    }
}

TEST_F(Backfill, OneSignalDrainsAndTheNextRunDoesTheRest) {
    start_node({"--first-slot", "1000", "--slots", "210", "--seed", "7", "--transactions", "20",
                "--latency", "20ms"});
    auto const running = start_indexer(range({"--concurrency", "2", "--log-level", "info"}));
    while (node_->calls("getBlock") < 10) {
    }
    running->signal(SIGTERM);
    auto const stopped = running->wait();
    EXPECT_EQ(stopped.exit_code, 75) << stopped.err;
    EXPECT_NE(stopped.out.find("stopped; run the same command"), std::string::npos) << stopped.out;
    EXPECT_NE(table("select count(*) from solana.blocks"), "0\n");
    EXPECT_EQ(indexer(range()).exit_code, 0);
    EXPECT_EQ(table(kCertificate), "t\tt\tt\tt\n");
}

TEST_F(Backfill, StatusTellsCoverageGapsWatermarkTipAndRows) {
    ASSERT_EQ(indexer({"backfill", "--from-slot", "1000", "--to-slot", "1050"}).exit_code, 0);
    ASSERT_EQ(indexer({"backfill", "--from-slot", "1150", "--to-slot", "1199"}).exit_code, 0);
    auto const text = indexer({"status"});
    EXPECT_EQ(text.exit_code, 0) << text.err;
    for (auto const* const word : {"tip", "watermark", "gaps", "lag", "solana.transactions"}) {
        EXPECT_NE(text.out.find(word), std::string::npos) << text.out;
    }
    auto const json = indexer({"status", "--output", "json"});
    auto const blocks = table("select count(*) from solana.blocks");
    EXPECT_NE(json.out.find("\"blocks\":" + blocks.substr(0, blocks.size() - 1)), std::string::npos)
        << json.out;
    EXPECT_NE(json.out.find(R"("gaps":[{"first":)"), std::string::npos);
}

}  // namespace
}  // namespace indexer::test
