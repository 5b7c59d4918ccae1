#include <csignal>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/shared_data.hpp"
#include "tests/world/world.hpp"

// Stellar from a node into the database, as a user would copy it.
namespace indexer::test {
namespace {

constexpr auto kEveryRow =
    "select md5(string_agg(t::text, ',' order by t::text)) from ("
    "select l::text as t from stellar.ledgers l union all "
    "select t::text from stellar.transactions t union all "
    "select o::text from stellar.operations o union all "
    "select e::text from stellar.events e union all "
    "select t::text from stellar.token_operations t union all "
    "select c::text from stellar.contract_code c union all "
    "select a::text from stellar.account_entries a) all_rows";

class Stellar : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }

    void node(std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"--chain", "stellar", "--first-ledger", "1000", "--ledgers",
                                   "80", "--seed", "5", "--transactions", "8"});
        start_node(more);
    }
    Finished backfill(std::string const& first, std::string const& last,
                      std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"backfill", "--from-ledger", first, "--to-ledger", last});
        return indexer(more);
    }
    std::string segments() const {
        return table("select first_seq, last_seq, blocks from indexer.segments order by 1");
    }
};

TEST_F(Stellar, IsVerifiedRowByRow) {
    node();
    ASSERT_EQ(backfill("1000", "1070").exit_code, 0);
    auto const verify = [&] { return indexer({"verify", "--chain", "stellar", "--deep"}); };
    auto const proven = verify();
    EXPECT_EQ(proven.exit_code, 0) << proven.out << proven.err;
    EXPECT_EQ(proven.out.find("not checked"), std::string::npos) << proven.out;
    for (std::string const damage :
         {"update stellar.transactions set fee_charged = fee_charged + 1",
          "update stellar.operations set operation_details = '{}'",
          "update stellar.events set value = 'null'",
          "update stellar.token_operations set amount = amount + 1",
          "update stellar.ledgers set hash = 'x'", "delete from stellar.ledgers"}) {
        auto const name = damage.substr(damage.find("stellar."));
        auto const table_name = name.substr(0, name.find(' '));
        auto const ledger = table("select max(ledger) from " + table_name);
        auto const place = ledger.substr(0, ledger.size() - 1);
        run_sql(fmt::format("{} where ledger = {}", damage, place));
        auto const found = verify();
        EXPECT_EQ(found.exit_code, 3) << damage;
        EXPECT_NE(found.out.find(fmt::format("\n{} {}: ", table_name, place)), std::string::npos)
            << damage << found.out;
    }
    ASSERT_EQ(backfill("1000", "1070", {"--force"}).exit_code, 0);
    auto const mended = verify();
    EXPECT_EQ(mended.exit_code, 0) << mended.out;
}

TEST_F(Stellar, SaysOfWhichLedgersTheNodeEmittedNoClassicEvents) {
    node();
    ASSERT_EQ(backfill("1000", "1070").exit_code, 0);
    auto const verify = [&] { return indexer({"verify", "--chain", "stellar"}).out; };
    EXPECT_EQ(verify().find("not emitted"), std::string::npos);
    run_sql("update stellar.ledgers set classic_events = false where ledger in (1001, 1002)");
    EXPECT_NE(verify().find("by the nodes of 2 ledgers"), std::string::npos) << verify();
}

TEST_F(Stellar, CopiesARangeAndProvesIt) {
    node();
    auto const done = backfill("1000", "1070");
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_NE(done.out.find("stellar 1000-1070: complete"), std::string::npos) << done.out;
    EXPECT_EQ(segments(), "1000\t1070\t71\n");
    EXPECT_EQ(table("select count(*) from stellar.ledgers l join stellar.ledgers p "
                    "on p.ledger = l.ledger - 1 and p.hash = l.previous_ledger_hash"),
              "70\n");
    EXPECT_EQ(table("select bool_and(l.transaction_count = t.n and l.operation_count = t.ops "
                    "and l.fee_charged = t.fee) from stellar.ledgers l join "
                    "(select ledger, count(*) n, sum(operation_count) ops, sum(fee_charged) fee "
                    "from stellar.transactions group by 1) t using (ledger)"),
              "t\n");
    EXPECT_EQ(table("select bool_and(fee_charged = amount) from stellar.transactions t join "
                    "(select tx_hash, sum(amount) amount from stellar.token_operations "
                    "where type = 'fee' group by 1) f on f.tx_hash = t.id"),
              "t\n");
    EXPECT_EQ(table("select bool_and(hash = encode(sha256(wasm), 'hex') and "
                    "size_bytes = length(wasm)), count(*) > 0 from stellar.contract_code"),
              "t\tt\n");
    EXPECT_EQ(table("select count(*) > 0 from stellar.account_entries"), "t\n");
}

// But the newest ledger, by which the chain is known again.
TEST_F(Stellar, ASecondRunFetchesNothingAndForceChangesNothing) {
    node();
    ASSERT_EQ(backfill("1000", "1030").exit_code, 0);
    auto const before = table(kEveryRow);
    auto const calls = node_->calls("getLedgers");
    EXPECT_EQ(backfill("1000", "1030").exit_code, 0);
    EXPECT_EQ(node_->calls("getLedgers"), calls + 1);
    auto const forced = backfill("1000", "1030", {"--force", "--output", "json"});
    EXPECT_EQ(forced.exit_code, 0) << forced.err;
    EXPECT_GT(node_->calls("getLedgers"), calls);
    EXPECT_NE(forced.out.find("\"stellar.transactions\":0", forced.out.find("changed")),
              std::string::npos)
        << forced.out;
    EXPECT_EQ(table(kEveryRow), before);
}

TEST_F(Stellar, AnAccountIsOnlyEverMovedForward) {
    node();
    ASSERT_EQ(backfill("1000", "1070").exit_code, 0);
    auto const whole = table("select * from stellar.account_entries order by account_id");
    run_sql("truncate stellar.account_entries; delete from indexer.segments");
    ASSERT_EQ(backfill("1041", "1070").exit_code, 0);
    ASSERT_EQ(backfill("1000", "1040").exit_code, 0);
    EXPECT_EQ(table("select * from stellar.account_entries order by account_id"), whole);
}

TEST_F(Stellar, ACodeIsKeptAsItWasFirstSeenWhateverComesFirst) {
    node();
    ASSERT_EQ(backfill("1000", "1070").exit_code, 0);
    auto const codes = [&] { return table("select * from stellar.contract_code order by hash"); };
    auto const whole = codes();
    run_sql("update stellar.contract_code set ledger = 1071, tx_hash = 'later'");
    ASSERT_EQ(backfill("1000", "1070", {"--force"}).exit_code, 0);
    EXPECT_EQ(codes(), whole);
    run_sql("update stellar.contract_code set ledger = 999, tx_hash = 'earlier'");
    auto const earlier = codes();
    ASSERT_EQ(backfill("1000", "1070", {"--force"}).exit_code, 0);
    EXPECT_EQ(codes(), earlier);
}

TEST_F(Stellar, APoisonLedgerIsKeptWholeAndTheOthersAreStored) {
    for (auto const* const kind : {"poison:slots=1011", "poison:slots=1011,trailing=4"}) {
        run_sql("truncate indexer.segments, indexer.dead_letters, indexer.holes, stellar.ledgers");
        node({"--fault", kind});
        auto const done = backfill("1000", "1020");
        EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
        EXPECT_EQ(table("select seq, stage, length(raw) > 500 from indexer.dead_letters"),
                  "1011\tdecode\tt\n");
        EXPECT_EQ(table("select count(*) from stellar.ledgers"), "20\n");
        EXPECT_EQ(segments(), "1000\t1010\t11\n1012\t1020\t9\n");
    }
}

TEST_F(Stellar, ARangeBehindTheRetentionWindowIsRefusedWithTheNumbers) {
    node({"--retention", "30"});
    auto const done = backfill("1010", "1070");
    EXPECT_EQ(done.exit_code, 6);
    EXPECT_NE(done.err.find("stellar: 1010 is missing, but the endpoint's first block is 1050"),
              std::string::npos)
        << done.err;
}

TEST_F(Stellar, FollowsTheTipThroughRateLimitsAndFailures) {
    node({"--tip", "1040", "--ledger-interval", "100ms", "--fault", "429:rate=0.1", "--fault",
          "503:rate=0.1"});
    auto const follower =
        start_indexer({"poll", "--chain", "stellar", "--from-ledger", "1030", "--interval", "50ms",
                       "--backoff", "20ms", "--heal-interval", "100ms"});
    while (std::stoi("0" + table("select coalesce(max(last_seq), 0) from indexer.segments")) <
           1'060) {
    }
    follower->signal(SIGTERM);
    auto const stopped = follower->wait();
    EXPECT_EQ(stopped.exit_code, 75) << stopped.err;
    auto const done = indexer({"poll", "--chain", "stellar", "--until-caught-up"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(table("select count(*), min(first_seq), max(last_seq) >= 1060 from indexer.segments"),
              "1\t1030\tt\n");
}

TEST_F(Stellar, StatusSpeaksOfItsOwnCoverage) {
    node();
    ASSERT_EQ(backfill("1000", "1010").exit_code, 0);
    auto const state = indexer({"status", "--chain", "stellar"});
    EXPECT_EQ(state.exit_code, 0) << state.err;
    EXPECT_NE(state.out.find("stellar.ledgers"), std::string::npos) << state.out;
    EXPECT_NE(state.out.find("1000-1010 in 1 segment"), std::string::npos) << state.out;
    EXPECT_EQ(indexer({"status"}).out.find("1000-1010"), std::string::npos);
}

TEST_F(Stellar, TheRangeSaysWhichChain) {
    node();
    auto const refused = [&](std::vector<std::string> arguments, std::string const& text) {
        auto const done = indexer(std::move(arguments));
        EXPECT_EQ(done.exit_code, 2) << done.err;
        EXPECT_NE(done.err.find(text), std::string::npos) << done.err;
    };
    refused({"backfill", "--chain", "stellar"}, "--from-ledger is required");
    refused({"backfill", "--chain", "stellar", "--from-slot", "5"},
            "--from-slot: that is for solana");
    refused({"backfill", "--from-slot", "5", "--to-ledger", "9"},
            "--to-ledger: that is for stellar");
    refused({"backfill", "--from-ledger", "9", "--to-ledger", "8"},
            "--to-ledger: 8 is before --from-ledger 9");
    refused({"backfill", "--from-ledger", "1000", "--tables", "ledgers,swaps"},
            "there is no table swaps");
    refused({"backfill", "--from-ledger", "1000", "--page-ledgers", "201"}, "--page-ledgers");
}

TEST_F(Stellar, ADatabaseOfAnotherNetworkIsRefused) {
    node();
    ASSERT_EQ(backfill("1000", "1005").exit_code, 0);
    node({"--network", "testnet"});
    auto const done = backfill("1000", "1010");
    EXPECT_EQ(done.exit_code, 7);
    EXPECT_NE(done.err.find("Test SDF Network ; September 2015"), std::string::npos) << done.err;
}

// Real ledgers of the main network, counted apart from this program.
class RecordedLedgers : public Stellar {
  protected:
    void SetUp() override {
        INDEXER_REQUIRE_SHARED_DATA();
        Stellar::SetUp();
        if (IsSkipped()) return;
        start_node({"--chain", "stellar", "--recorded", shared_data() / "stellar/ledgers"});
    }

    // Transactions, failed ones, operations, fees, rows of operations and events, token operations.
    std::string copy(std::string const& ledger) {
        auto const done = backfill(ledger, ledger);
        EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
        auto const where = " where ledger = " + ledger;
        return table(
            "select transaction_count, failed_count, operation_count, fee_charged, "
            "(select count(*) from stellar.transactions" +
            where + "), (select count(*) from stellar.operations" + where +
            "), (select count(*) from stellar.events" + where +
            "), (select string_agg(type || ' ' || n, ' ' order by type) from (select "
            "type, count(*) n from stellar.token_operations" +
            where + " group by 1) t) from stellar.ledgers" + where);
    }
};

TEST_F(RecordedLedgers, OfEveryAge) {
    EXPECT_EQ(copy("51000294"),
              "541\t318\t878\t628204\t541\t878\t972\t"
              "approve 1 clawback 1 fee 542 mint 1 set_authorized 2 transfer 424\n");
    EXPECT_EQ(copy("53312000"), "163\t62\t234\t525018\t163\t234\t0\tNULL\n");
    EXPECT_EQ(copy("57500008"),
              "264\t93\t444\t8131049\t264\t444\t501\tburn 7 fee 312 mint 10 transfer 169\n");
    EXPECT_EQ(copy("63092988"),
              "228\t138\t674\t911764\t228\t674\t565\tfee 254 mint 6 transfer 305\n");
    EXPECT_EQ(copy("63092990"),
              "236\t113\t686\t647307\t236\t686\t636\tburn 5 fee 261 transfer 368\n");
}

}  // namespace
}  // namespace indexer::test
