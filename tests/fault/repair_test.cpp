#include <gtest/gtest.h>

#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

constexpr auto kEveryRow =
    "select md5(string_agg(t::text, ',' order by slot, transaction_index)) "
    "from solana.transactions t where slot between 1000 and 1199";
constexpr auto kEveryBlock =
    "select count(*), md5(string_agg(b::text, ',' order by slot)) from solana.blocks b "
    "where slot between 1000 and 1199";
constexpr auto kOneProof =
    "select count(*) = 1 and min(first_seq) <= 1000 and max(last_seq) >= 1199 "
    "from indexer.segments";

class Repair : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }

    static std::vector<std::string> node(std::vector<std::string> const& rules) {
        std::vector<std::string> arguments{"--first-slot", "1000", "--slots",        "230",
                                           "--seed",       "7",    "--transactions", "8"};
        for (std::string const& rule : rules) arguments.insert(arguments.end(), {"--fault", rule});
        return arguments;
    }

    void start(std::vector<std::string> const& rules) { start_node(node(rules)); }

    Finished backfill() {
        return indexer({"backfill", "--from-slot", "1000", "--to-slot", "1199", "--backoff", "20ms",
                        "--max-backoff", "100ms", "--max-attempts", "2", "--quiet"});
    }

    std::string honest_rows() {
        start({});
        EXPECT_EQ(backfill().exit_code, 0);
        auto const rows = table(kEveryRow) + table(kEveryBlock);
        poison_ =
            query_cell(database_->url(), "select min(slot) from solana.blocks where slot > 1100");
        run_sql(
            "truncate solana.blocks, solana.transactions, solana.token_transfers, "
            "solana.sol_transfers, solana.swaps, indexer.segments, indexer.blocks");
        return rows;
    }

    std::string poison_;  // a slot that has a block
};

TEST_F(Repair, GapsNameRangesCountsAndReasons) {
    start({"skip-lie:slots=1040-1060"});
    ASSERT_EQ(backfill().exit_code, 3);
    auto const text = indexer({"gaps"});
    EXPECT_EQ(text.exit_code, 3) << text.err;
    EXPECT_NE(text.out.find("unavailable"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("Slot 10"), std::string::npos) << text.out;
    auto const json = indexer({"gaps", "--output", "json"});
    auto const missing = table("select count(*) from indexer.holes");
    EXPECT_NE(json.out.find("\"missing\":" + missing.substr(0, missing.size() - 1) + ","),
              std::string::npos)
        << json.out;
    EXPECT_NE(json.out.find(R"("reason":"unavailable")"), std::string::npos) << json.out;
    EXPECT_EQ(indexer({"gaps", "--from-slot", "1100"}).exit_code, 0);
    auto const wrong = indexer({"gaps", "--from-slot", "1100", "--to-slot", "1000"});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_NE(wrong.err.find("--to-slot: 1000"), std::string::npos) << wrong.err;
}

TEST_F(Repair, FetchesExactlyWhatIsMissingAndDue) {
    auto const expected = honest_rows();
    start({"skip-lie:slots=1040-1060"});
    ASSERT_EQ(backfill().exit_code, 3);
    start({});
    // Not due yet: asked for a moment ago.
    auto const missing = std::stoul(table("select count(*) from indexer.holes"));
    run_sql("update indexer.holes set next_try_at = '2099-01-01 00:00:00+00'");
    auto const waiting = indexer({"repair", "--quiet"});
    EXPECT_EQ(waiting.exit_code, 3);
    EXPECT_NE(waiting.out.find("not due: " + std::to_string(missing) +
                               " seqs, the first at 2099-01-01T00:00:00Z; --now asks for them"),
              std::string::npos)
        << waiting.out;
    auto const plan = indexer({"repair", "--dry-run", "--output", "json"});
    EXPECT_NE(plan.out.find("\"planned\":0,\"not_due\":" + std::to_string(missing) +
                            ",\"next_try_at\":\"2099-01-01T00:00:00Z\""),
              std::string::npos)
        << plan.out;
    auto const asked_before = node_->calls("getBlock");
    EXPECT_LE(asked_before, 2U);  // by the newest block each run knows the chain again
    run_sql("update indexer.holes set next_try_at = now()");
    auto const done = indexer({"repair", "--quiet"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_LE(node_->calls("getBlock") - asked_before, missing + 1);
    EXPECT_EQ(table(kEveryRow) + table(kEveryBlock), expected);
    EXPECT_EQ(table(kOneProof), "t\n");
    EXPECT_EQ(indexer({"gaps"}).exit_code, 0);
}

TEST_F(Repair, SettlesAForkThatWasStored) {
    auto const expected = honest_rows();
    start({"bad-link:slots=1050-1060"});
    ASSERT_EQ(backfill().exit_code, 3);
    EXPECT_NE(table("select count(*) from indexer.holes where reason = 'contradiction'"), "0\n");
    // A row that only the fork's block has: it must not survive.
    run_sql(
        "insert into solana.transactions select slot, 9999, signature, block_time, version, "
        "is_vote, success, err, fee, priority_fee, fee_payer, signature_count, account_count, "
        "instruction_count, inner_instruction_count, compute_unit_limit, compute_unit_price, "
        "compute_units_consumed, cost_units, recent_blockhash, memo from solana.transactions "
        "where slot = (select max(slot) from solana.transactions where slot < 1059) limit 1");
    start({});
    auto const done = indexer({"repair", "--now", "--quiet"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table(kEveryRow) + table(kEveryBlock), expected);
    EXPECT_EQ(table(kOneProof), "t\n");
    EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n");
}

TEST_F(Repair, AsksAnotherEndpointFirst) {
    auto const expected = honest_rows();
    start({"skip-lie:slots=1040-1060"});
    ASSERT_EQ(backfill().exit_code, 3);
    auto const asked_before = node_->calls("getBlock");
    Simulator const other(node({}));
    auto const done = indexer(
        {"repair", "--now", "--quiet", "--rpc-url", node_->url(), "--rpc-url", other.url()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(node_->calls("getBlock"), asked_before + 1);  // to know the chain again
    EXPECT_GT(other.calls("getBlock"), 0U);
    EXPECT_EQ(table(kEveryRow) + table(kEveryBlock), expected);
}

TEST_F(Repair, SettlesAForkByWhatAnotherEndpointSays) {
    auto const expected = honest_rows();
    start({"bad-link:slots=1050-1060"});
    ASSERT_EQ(backfill().exit_code, 3);
    Simulator const other(node({}));
    auto const done = indexer(
        {"repair", "--now", "--quiet", "--rpc-url", node_->url(), "--rpc-url", other.url()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table(kEveryRow) + table(kEveryBlock), expected);
    EXPECT_EQ(table(kOneProof), "t\n");
}

TEST_F(Repair, WaitsLongerAfterEachAttempt) {
    start({"skip-lie:slots=1040-1060"});
    ASSERT_EQ(backfill().exit_code, 3);
    for (int n = 0; n < 2; ++n) {
        ASSERT_EQ(indexer({"repair", "--now", "--quiet", "--hole-backoff", "1m",
                           "--max-hole-backoff", "3m", "--max-attempts", "1"})
                      .exit_code,
                  3);
    }
    EXPECT_EQ(table("select distinct attempts > 2, next_try_at - last_tried_at from indexer.holes"),
              "t\t00:03:00\n");
}

TEST_F(Repair, SaysWhenNothingOfThatContentIsStored) {
    start({});
    auto const done = indexer({"repair", "--include-votes"});
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_NE(done.err.find("nothing of this content is stored"), std::string::npos) << done.err;
}

TEST_F(Repair, OneRefusedBlockIsKeptWholeAndRetriedFromItsBytes) {
    auto const expected = honest_rows();
    run_sql("alter table solana.blocks add constraint poison check (slot <> " + poison_ + ")");
    start({});
    auto const copied = backfill();
    ASSERT_EQ(copied.exit_code, 3) << copied.out << copied.err;
    EXPECT_EQ(table("select seq, stage, path from indexer.dead_letters"), poison_ + "\tstore\t\n");
    EXPECT_EQ(table("select reason from indexer.holes"), "refused\n");
    EXPECT_EQ(table("select count(*) from solana.blocks where slot = " + poison_), "0\n");
    EXPECT_EQ(table("select sum(blocks) = (select count(*) from solana.blocks) "
                    "from indexer.segments"),
              "t\n");

    auto const listed = indexer({"dead-letters", "list"});
    EXPECT_EQ(listed.exit_code, 3);
    EXPECT_NE(listed.out.find("whole block"), std::string::npos) << listed.out;
    auto const id = table("select dead_letter_id from indexer.dead_letters");
    auto const shown = indexer({"dead-letters", "show", "--id", id.substr(0, id.size() - 1)});
    EXPECT_EQ(shown.exit_code, 0) << shown.err;
    EXPECT_NE(shown.out.find(R"("blockhash")"), std::string::npos) << shown.out;

    EXPECT_EQ(indexer({"dead-letters", "retry", "--quiet"}).exit_code, 3);
    run_sql("alter table solana.blocks drop constraint poison");
    auto const blocks = node_->calls("getBlock");
    auto const retried = indexer({"dead-letters", "retry", "--quiet"});
    EXPECT_EQ(retried.exit_code, 0) << retried.out << retried.err;
    EXPECT_EQ(node_->calls("getBlock"), blocks + 1);  // to know the chain again
    EXPECT_EQ(table(kEveryRow) + table(kEveryBlock), expected);
    EXPECT_EQ(table(kOneProof), "t\n");
    EXPECT_EQ(backfill().exit_code, 0);
}

}  // namespace
}  // namespace indexer::test
