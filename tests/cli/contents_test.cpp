#include <gtest/gtest.h>

#include "tests/world/stellar_world.hpp"

// Several contents in one database: each is proven by itself, whatever came before it.
namespace indexer::test {
namespace {

using Options = std::vector<std::string>;

constexpr auto kProgram = "pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA";

class Contents : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node(
            {"--first-slot", "1000", "--slots", "80", "--seed", "11", "--transactions", "20"});
        migrate();
    }

    void copy(Options options = {}, std::string const& first = "1000",
              std::string const& last = "1049") {
        options.insert(options.begin(),
                       {"backfill", "--from-slot", first, "--to-slot", last, "--quiet"});
        auto const done = indexer(options);
        EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    }
    Finished reindex(Options options = {}) {
        options.insert(options.begin(),
                       {"reindex", "--from-slot", "1000", "--to-slot", "1049", "--quiet"});
        return indexer(options);
    }
    void expect_proven(std::string const& when) {
        auto const proof = indexer({"verify", "--deep"});
        EXPECT_EQ(proof.exit_code, 0) << when << "\n" << proof.out << proof.err;
        EXPECT_EQ(indexer({"verify"}).exit_code, 0) << when;
    }
    // What is said after a change to the tables.
    std::string verify_after(std::string const& sql) {
        run_sql(sql);
        auto const proof = indexer({"verify", "--deep"});
        EXPECT_EQ(proof.exit_code, 3) << sql << proof.out;
        return proof.out;
    }
    [[nodiscard]] std::string a_trader() const {
        auto const line =
            table("select trader from solana.swaps group by 1 order by count(*) desc, 1 limit 1");
        return line.substr(0, line.find('\n'));
    }
    [[nodiscard]] std::string rows() const {
        std::string text;
        for (auto const* const name : {"blocks", "transactions", "token_transfers", "swaps"}) {
            text += table(
                "select count(*), md5(string_agg(t::text, ',' order by t::text)) "
                "from solana." +
                std::string(name) + " t");
        }
        return text;
    }
};

TEST_F(Contents, StayProvenWhileTheyAreWidened) {
    copy({"--tables", "blocks,transactions"});
    copy();
    expect_proven("everything after some tables");
    copy({"--include-votes"});
    expect_proven("votes after everything");
    copy({"--rewards", "--include-votes"});
    expect_proven("rewards after votes");
    EXPECT_EQ(table("select count(*) from indexer.contents"), "4\n");
}

TEST_F(Contents, StayProvenWhileTheyAreNarrowed) {
    copy({"--rewards", "--include-votes"});
    copy();
    copy({"--tables", "blocks,transactions"}, "1020", "1069");
    expect_proven("fewer tables, in part of other slots");
    copy({"--tables", "swaps,transactions", "--program", kProgram});
    copy({"--account", a_trader()});
    expect_proven("filters");
}

TEST_F(Contents, OfFiltersStayProvenBesideOneAnotherAndAWiderOne) {
    copy({"--program", kProgram});
    copy({"--account", a_trader()});
    copy({"--tables", "transactions", "--program", kProgram, "--include-votes"});
    expect_proven("filters alone");
    copy();
    expect_proven("everything after filters");
}

TEST_F(Contents, EachNoticeWhatIsDamaged) {
    copy({"--program", kProgram});
    copy();
    copy({"--include-votes"});
    auto const place =
        table("select min(slot) from solana.swaps where program = '" + std::string(kProgram) + "'");
    auto const slot = place.substr(0, place.size() - 1);
    auto const changed = verify_after(
        "update solana.transactions set fee = fee + 1 where (slot, transaction_index) in (select "
        "slot, transaction_index from solana.swaps where slot = " +
        slot + " and program = '" + kProgram + "')");
    auto const said =
        "\nsolana.transactions " + slot + ": the rows are not those that were written";
    std::size_t notices = 0;
    for (auto at = changed.find(said); at != std::string::npos; at = changed.find(said, at + 1)) {
        ++notices;
    }
    EXPECT_EQ(notices, 3U) << changed;
    auto const votes = verify_after(
        "delete from solana.transactions where ctid = "
        "(select min(ctid) from solana.transactions where slot = 1040 and is_vote)");
    EXPECT_NE(votes.find("\nsolana.transactions 1040: "), std::string::npos) << votes;
}

TEST_F(Contents, OfFiltersAloneNoticeARowThatIsNobodys) {
    copy({"--tables", "swaps", "--program", kProgram});
    copy({"--tables", "swaps", "--account", a_trader()});
    expect_proven("two filters");
    auto const stray = verify_after(
        "insert into solana.swaps select slot, 9999, instruction_index, inner_index, leg, "
        "signature, block_time, venue, program, pool, trader, input_mint, input_amount, "
        "input_decimals, output_mint, output_amount, output_decimals, fee_mint, fee_amount, "
        "is_aggregator_leg, leg_program, aggregator, aggregator_inner_index from solana.swaps "
        "where ctid = (select min(ctid) from solana.swaps)");
    EXPECT_NE(stray.find(": 1 rows that no content has"), std::string::npos) << stray;
    EXPECT_EQ(reindex({"--tables", "swaps", "--program", kProgram}).exit_code, 0);
    expect_proven("reindexed");
}

TEST_F(Contents, AreReindexedBesideOneAnother) {
    copy({"--account", "11111111111111111111111111111111"});
    copy();
    copy({"--include-votes"});
    auto const expected = rows();
    // What an older decoder is thought to have left.
    run_sql(
        "update solana.transactions set transaction_index = transaction_index + 5000 "
        "where slot = 1030; update solana.swaps set input_amount = 0 where slot between 1020 and "
        "1040");
    for (auto const& content :
         {Options{"--include-votes"}, Options{},
          Options{"--account", "11111111111111111111111111111111"}, Options{}}) {
        auto const done = reindex(content);
        EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
        EXPECT_EQ(rows(), expected);
    }
    expect_proven("reindexed");
}

TEST_F(Contents, AreForcedBesideOneAnother) {
    copy({"--program", kProgram});
    copy({"--include-votes"});
    copy();
    auto const expected = rows();
    copy({"--force"});
    copy({"--force", "--program", kProgram});
    EXPECT_EQ(rows(), expected);
    expect_proven("forced");
}

TEST_F(Contents, WrittenBeforeTheirKeysWereNotedSayWhatHelps) {
    copy({"--program", kProgram});
    copy();
    run_sql("truncate indexer.row_keys");
    auto const proof = indexer({"verify", "--deep"});
    EXPECT_EQ(proof.exit_code, 3) << proof.out;
    auto const command =
        std::string("indexer reindex --from-slot 1000 --to-slot 1049 --program ") + kProgram + "\n";
    EXPECT_NE(proof.out.find(command), std::string::npos) << proof.out;
    EXPECT_EQ(reindex({"--program", kProgram}).exit_code, 0);
    expect_proven("the keys are noted");
}

TEST_F(Contents, ThatHoldDifferentBlocksAreNotProven) {
    copy();
    copy({"--include-votes"});
    run_sql(
        "update indexer.blocks set hash = 'x' where seq = 1030 and content_id = 1; "
        "update indexer.blocks set parent_hash = 'x' where parent_seq = 1030 and content_id = 1");
    auto const proof = indexer({"verify"});
    EXPECT_EQ(proof.exit_code, 3);
    EXPECT_NE(proof.out.find("\ncontents 1030: it is x here, but "), std::string::npos)
        << proof.out;
}

using StellarContents = StellarWorld;

TEST_F(StellarContents, OfSomeEventsStayProvenBesideEverything) {
    start_stellar_node();
    Options const events{"--contract", "CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA",
                         "--topic", "transfer,**"};
    auto const prove = [&] { return indexer({"verify", "--chain", "stellar", "--deep"}); };
    ASSERT_EQ(backfill("1000", "1049", events).exit_code, 0);
    ASSERT_EQ(backfill("1000", "1049", {"--topic", "mint,**"}).exit_code, 0);
    auto const alone = prove();
    EXPECT_EQ(alone.exit_code, 0) << alone.out << alone.err;
    ASSERT_EQ(backfill("1000", "1049", {"--tables", "ledgers,transactions"}).exit_code, 0);
    ASSERT_EQ(backfill("1020", "1069").exit_code, 0);
    auto const proof = prove();
    EXPECT_EQ(proof.exit_code, 0) << proof.out << proof.err;
    run_sql(
        "update stellar.events set value = 'null' where ledger = (select min(ledger) from "
        "stellar.events)");
    EXPECT_EQ(prove().exit_code, 3);
}

}  // namespace
}  // namespace indexer::test
