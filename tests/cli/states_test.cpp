#include <gtest/gtest.h>

#include "tests/world/stellar_world.hpp"

// Tables that hold one state of each thing, when the ledger that had set some is replaced.
namespace indexer::test {
namespace {

class States : public StellarWorld {
  protected:
    void SetUp() override {
        StellarWorld::SetUp();
        if (IsSkipped()) return;
        start_stellar_node();
        ASSERT_EQ(backfill("1000", "1069").exit_code, 0);
        expected_ = states();
    }

    [[nodiscard]] std::string states() const {
        return table("select * from stellar.account_entries order by account_id") +
               table("select hash, ledger, tx_hash from stellar.contract_code order by hash");
    }

    // As if ledger 1050 had been another one when it was written: it made up an account, and
    // changed one that the chain's own left alone since an earlier ledger; and it was the first to
    // hold a code that a later one holds.
    void make_ledger_1050_another() {
        run_sql(
            "create temporary table changed as select account_id from stellar.account_entries "
            "where last_modified_ledger_seq between 1020 and 1030 order by 1 limit 1; "
            "insert into stellar.account_entries select 'GMADEUP', 1050, 5, seq_num, "
            "num_sub_entries, flags, home_domain, signers, ext, inflation_dest, thresholds, "
            "sponsoring_id, deleted from stellar.account_entries limit 1; "
            "update stellar.account_entries set last_modified_ledger_seq = 1050, balance = 7 "
            "where account_id in (select account_id from changed); "
            "update indexer.row_keys set keys = keys || array['GMADEUP', (select account_id from "
            "changed)], digests = digests || array[1, 2]::bigint[] "
            "where table_name = 'stellar.account_entries' and seq = 1050; "
            "create temporary table code as select hash from stellar.contract_code "
            "where ledger > 1050 order by ledger limit 1; "
            "update stellar.contract_code set ledger = 1050, tx_hash = 'another' "
            "where hash in (select hash from code); "
            "insert into indexer.row_keys as known "
            "select content_id, 'stellar.contract_code', 1050, array_agg(code.hash), "
            "array_agg(3)::bigint[] from code, indexer.contents "
            "where 'stellar.contract_code' = any(tables) group by 1 "
            "on conflict on constraint row_keys_pkey do update set keys = known.keys || "
            "excluded.keys, digests = known.digests || excluded.digests");
        ASSERT_NE(states(), expected_);
        ASSERT_EQ(table("select count(*) from stellar.contract_code where tx_hash = 'another'"),
                  "1\n");
    }

    void expect_chains_states(Finished const& done) {
        EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
        EXPECT_EQ(states(), expected_);
        EXPECT_EQ(table("select * from indexer.unknown_states"), "");
        auto const proof = verify();
        EXPECT_EQ(proof.exit_code, 0) << proof.out << proof.err;
        EXPECT_EQ(proof.out.find("not checked"), std::string::npos) << proof.out;
    }
    Finished verify() { return indexer({"verify", "--chain", "stellar", "--deep"}); }

    std::string expected_;
};

TEST_F(States, AreTheChainsAfterForce) {
    make_ledger_1050_another();
    expect_chains_states(backfill("1045", "1055", {"--force"}));
}

TEST_F(States, AreTheChainsAfterReindex) {
    make_ledger_1050_another();
    expect_chains_states(
        indexer({"reindex", "--from-ledger", "1050", "--to-ledger", "1050", "--quiet"}));
}

TEST_F(States, AreTheChainsAfterReindexOfAllThatSetThem) {
    make_ledger_1050_another();
    expect_chains_states(
        indexer({"reindex", "--from-ledger", "1000", "--to-ledger", "1069", "--quiet"}));
}

TEST_F(States, AreTheChainsAfterTheReplacedLedgerIsTakenBack) {
    make_ledger_1050_another();
    // As a fork that was stored looks to the program: the ledger behind it does not link.
    run_sql(
        "select indexer.uncover('stellar', content, 1051, 1069) from indexer.contents; "
        "update indexer.blocks set hash = 'x' where seq = 1050; "
        "update indexer.segments set right_hash = 'x'");
    ASSERT_EQ(indexer({"repair", "--chain", "stellar", "--now", "--quiet"}).exit_code, 0);
    expect_chains_states(backfill("1000", "1069"));
}

TEST_F(States, AreTheChainsWithSeveralContents) {
    ASSERT_EQ(backfill("1000", "1069", {"--tables", "ledgers,account_entries"}).exit_code, 0);
    run_sql("delete from indexer.row_keys where content_id = 2 and seq = 1050");
    make_ledger_1050_another();
    ASSERT_EQ(
        backfill("1040", "1060", {"--force", "--tables", "ledgers,account_entries"}).exit_code, 0);
    EXPECT_NE(table("select count(*) from stellar.account_entries where account_id = 'GMADEUP'"),
              "0\n");  // the other content's ledger still has it
    expect_chains_states(backfill("1040", "1060", {"--force"}));
}

TEST_F(States, ThatAreWrongAreFound) {
    EXPECT_EQ(verify().exit_code, 0);
    auto const account = table(
        "select account_id from stellar.account_entries where last_modified_ledger_seq = "
        "(select max(last_modified_ledger_seq) from stellar.account_entries) limit 1");
    auto const key = account.substr(0, account.size() - 1);
    for (std::string const damage :
         {"update stellar.account_entries set balance = balance + 1",
          "update stellar.account_entries set last_modified_ledger_seq = 1001",
          "delete from stellar.account_entries"}) {
        run_sql("create table if not exists saved as table stellar.account_entries");
        run_sql(damage + " where account_id = '" + key + "'");
        auto const found = verify();
        EXPECT_EQ(found.exit_code, 3) << damage;
        EXPECT_NE(found.out.find("\nstellar.account_entries 10"), std::string::npos)
            << damage << found.out;
        EXPECT_NE(found.out.find(key), std::string::npos) << damage << found.out;
        run_sql(
            "truncate stellar.account_entries; insert into stellar.account_entries table saved");
    }
    run_sql(
        "insert into indexer.unknown_states values ('stellar', 'stellar.account_entries', 'GX', "
        "1050)");
    EXPECT_NE(verify().out.find("stellar.account_entries 1050: the state of GX is unknown"),
              std::string::npos);
}

TEST_F(States, WrittenBeforeTheyWereNotedAreSaidNotToBeChecked) {
    run_sql("delete from indexer.row_keys where seq = 1040");
    auto const proof = verify();
    EXPECT_EQ(proof.exit_code, 0) << proof.out;
    EXPECT_NE(proof.out.find("not checked: it is not noted of every block"), std::string::npos)
        << proof.out;
    ASSERT_EQ(indexer({"reindex", "--from-ledger", "1040", "--to-ledger", "1040"}).exit_code, 0);
    expect_chains_states(backfill("1000", "1069"));
}

}  // namespace
}  // namespace indexer::test
