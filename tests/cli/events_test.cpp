#include <gtest/gtest.h>

#include "tests/world/stellar_world.hpp"

namespace indexer::test {
namespace {

constexpr auto kNative = "CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA";

// Event mode, compared with what a copy of everything holds.
class Events : public StellarWorld {
  protected:
    void SetUp() override {
        StellarWorld::SetUp();
        if (IsSkipped()) return;
        start_stellar_node();
        ASSERT_EQ(backfill("1000", "1299").exit_code, 0);
    }

    // Rows of the native coin's transfers, and of what they belong to.
    [[nodiscard]] std::string wanted_rows() const {
        std::string const events =
            std::string("select id from stellar.events where contract_id = '") + kNative +
            "' and topics->0->>'symbol' = 'transfer'";
        std::string const hashes =
            "select tx_hash from stellar.events where id in (" + events + ")";
        auto const digest = [&](std::string const& from) {
            return table("select count(*), md5(string_agg(t::text, ',' order by t::text)) from " +
                         from);
        };
        return digest("stellar.events t where id in (" + events + ")") +
               digest("stellar.token_operations t where id in (" + events + ")") +
               digest("stellar.transactions t where id in (" + hashes + ")") +
               digest("stellar.operations t where tx_hash in (" + hashes + ")");
    }

    Finished backfill_events(std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"--contract", kNative, "--topic", "transfer,**"});
        return backfill("1000", "1299", more);
    }
};

TEST_F(Events, HaveTheRowsOfAFullCopyAndNoOthers) {
    auto const expected = wanted_rows();
    auto const distinct = table(
        "select count(distinct tx_hash) from stellar.events where "
        "topics->0->>'symbol' = 'transfer' and contract_id = '" +
        std::string(kNative) + "'");
    forget_everything();
    auto const done = backfill_events();
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(wanted_rows(), expected);
    EXPECT_EQ(std::to_string(node_->calls("getTransaction")) + "\n", distinct);
    EXPECT_EQ(table("select count(*) from stellar.transactions"), distinct);
    EXPECT_EQ(table("select count(*) filter (where topics->0->>'symbol' <> 'transfer') "
                    "from stellar.events"),
              "0\n");
    EXPECT_EQ(table("select count(*) from stellar.ledgers"), "0\n");
    EXPECT_EQ(table("select count(*) > 10 from stellar.account_entries"), "t\n");
}

TEST_F(Events, AreCoveredAsAskedForUnderANameOfTheirOwn) {
    ASSERT_EQ(backfill_events().exit_code, 0);
    EXPECT_EQ(table("select first_seq, last_seq, right_hash from indexer.segments "
                    "where content like 'events asked for%'"),
              "1000\t1299\tasked\n");
    auto const calls = node_->calls("getEvents");
    EXPECT_EQ(backfill_events().exit_code, 0);
    EXPECT_EQ(node_->calls("getEvents"), calls);
}

TEST_F(Events, OutliveFailuresOfTheServer) {
    auto const expected = wanted_rows();
    forget_everything();
    start_stellar_node(
        {"--fault", "429:rate=0.1", "--fault", "503:rate=0.1", "--fault", "time-limit:rate=0.1"});
    auto const done = backfill_events();
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(wanted_rows(), expected);
}

TEST_F(Events, ThatNobodyEmittedAreCoveredToo) {
    auto const done = backfill("1000", "1299", {"--topic", "unheard_of"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table("select first_seq, last_seq from indexer.segments "
                    "where content like 'events asked for%'"),
              "1000\t1299\n");
}

TEST_F(Events, OlderThanTheServerKeepsAreRefused) {
    start_stellar_node({"--retention", "100"});
    auto const done = backfill_events();
    EXPECT_EQ(done.exit_code, 6) << done.out << done.err;
    EXPECT_NE(done.err.find("1200"), std::string::npos) << done.err;
}

TEST_F(Events, AreFollowedByPoll) {
    start_stellar_node({"--tip", "1100", "--ledger-interval", "50ms"});
    std::vector<std::string> poll{"poll", "--contract", kNative, "--from-ledger",
                                  "1050", "--interval", "50ms"};
    auto const done = indexer_until(
        "select coalesce(max(last_seq), 0) > 1100 from indexer.segments "
        "where content like 'events asked for%' and first_seq = 1050",
        poll);
    EXPECT_EQ(done.exit_code, 75) << done.out << done.err;
    // What was under way at the stop may have been left out; the next run has it.
    poll.emplace_back("--until-caught-up");
    EXPECT_EQ(indexer(poll).exit_code, 0);
    EXPECT_EQ(table("select count(*), min(first_seq) from indexer.segments "
                    "where content like 'events asked for%'"),
              "1\t1050\n");
}

TEST_F(Events, SayWhichFilterMakesNoSense) {
    auto const contract = backfill("1000", "1001", {"--contract", "GABC"});
    EXPECT_EQ(contract.exit_code, 2);
    EXPECT_NE(contract.err.find("--contract: GABC is no contract"), std::string::npos);
    auto const lake = backfill("1000", "1001", {"--topic", "mint", "--source", "lake:/srv"});
    EXPECT_EQ(lake.exit_code, 2);
    EXPECT_NE(lake.err.find("--source"), std::string::npos) << lake.err;
}

}  // namespace
}  // namespace indexer::test
