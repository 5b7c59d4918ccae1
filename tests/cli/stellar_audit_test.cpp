#include <gtest/gtest.h>

#include "tests/world/stellar_world.hpp"

namespace indexer::test {
namespace {

// A second endpoint's ledgers and its getEvents, against what is stored.
class StellarAudit : public StellarWorld {
  protected:
    void SetUp() override {
        StellarWorld::SetUp();
        if (IsSkipped()) return;
        start_stellar_node();
        ASSERT_EQ(backfill("1000", "1039", {"--quiet"}).exit_code, 0);
    }

    Finished audit(std::vector<std::string> const& more = {}) {
        std::vector<std::string> arguments{"audit",      "--chain",  "stellar", "--against",
                                           node_->url(), "--sample", "100%"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return indexer(arguments);
    }

    // The first of the ids of some events.
    [[nodiscard]] std::string first_id(std::string const& where) const {
        auto const text = table("select min(id) from stellar.events where " + where);
        return text.substr(0, text.size() - 1);
    }
};

TEST_F(StellarAudit, GetEventsTellsWhatIsStored) {
    auto const done = audit();
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(done.out,
              "stellar 1000-1039: 40 of 40 stored seqs sampled, 40 blocks compared, 0 without a "
              "block there as here, 0 not to be had there, 0 contradictions\n"
              "getEvents told of 40 blocks of these\n");
    EXPECT_EQ(node_->calls("getEvents"), 40U);
}

TEST_F(StellarAudit, FindsNothingInAnyContentThatCanBeCopied) {
    auto const text = table(
        "select contract_id from stellar.events where contract_id is not null "
        "group by 1 order by count(*), 1 limit 1");
    auto const contract = text.substr(0, text.find('\n'));
    for (std::vector<std::string> const& content : std::vector<std::vector<std::string>>{
             {"--contract", contract},
             {"--contract", contract, "--tables", "events"},
             {"--topic", "transfer", "--tables", "events,transactions"},
             {"--tables", "ledgers"},
             {"--tables", "account_entries,operations"}}) {
        auto copied = content;
        copied.emplace_back("--quiet");
        ASSERT_EQ(backfill("1000", "1039", copied).exit_code, 0) << content.front();
        auto const done = audit(content);
        EXPECT_EQ(done.exit_code, 0) << content[1] << done.out << done.err;
        EXPECT_NE(done.out.find(" 0 contradictions"), std::string::npos) << done.out;
    }
}

TEST_F(StellarAudit, FindsAnEventThatOnlyTheEndpointHas) {
    auto const text = table(
        "select contract_id from stellar.events where contract_id is not null "
        "group by 1 order by count(*) desc, 1 limit 1");
    std::vector<std::string> const content{"--contract", text.substr(0, text.find('\n')),
                                           "--tables", "events"};
    ASSERT_EQ(backfill("1000", "1039", content).exit_code, 0);
    run_sql("update indexer.blocks set row_counts = '{0}' where seq = 1010 and hash = 'asked'");
    auto const done = audit(content);
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("\n1010: numbers of rows are "), std::string::npos) << done.out;
}

TEST_F(StellarAudit, NamesEventsThatAreMissingOnEitherSideOrDiffer) {
    auto const lost = first_id("ledger = 1010");
    auto const changed = first_id("ledger = 1020 and type = 'contract'");
    auto const failed = first_id("ledger = 1025");
    run_sql("delete from stellar.events where id = '" + lost + "'; " +
            "update stellar.events set value_xdr = 'AAAA' where id = '" + changed + "'; " +
            "update stellar.events set in_successful_contract_call = "
            "not in_successful_contract_call where id = '" +
            failed + "'; " +
            "insert into stellar.events select ledger, '9' || substr(id, 2), type, "
            "ledger_closed_at, contract_id, tx_hash, transaction_index, operation_index, "
            "event_index, stage, topics, value, topics_xdr, value_xdr, "
            "in_successful_contract_call from stellar.events where ledger = 1030");
    auto const done = audit();
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    auto const made_up = table("select count(*), min(id) from stellar.events where id like '9%'");
    auto const tab = made_up.find('\t');
    for (auto const& said : {"\n1010: events: 1 there, but not here, the first " + lost + "\n",
                             "\n1020: events: 1 other ones there, the first " + changed + "\n",
                             "\n1025: events: 1 other ones there, the first " + failed + "\n",
                             "\n1030: events: " + made_up.substr(0, tab) +
                                 " here, but not there, the first " + made_up.substr(tab + 1)}) {
        EXPECT_NE(done.out.find(said), std::string::npos) << said << done.out;
    }
    EXPECT_NE(done.out.find(" 4 contradictions\n"), std::string::npos) << done.out;
}

TEST_F(StellarAudit, AsksForNoEventsWhereNoneAreWritten) {
    ASSERT_EQ(backfill("1000", "1039", {"--tables", "ledgers,transactions"}).exit_code, 0);
    auto const done = audit({"--tables", "ledgers,transactions"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(done.out.find("getEvents"), std::string::npos) << done.out;
    EXPECT_EQ(node_->calls("getEvents"), 0U);
}

TEST_F(StellarAudit, SaysThatTheEndpointHasNoLedgersOfThatAgeAnyMore) {
    start_stellar_node({"--retention", "270"});
    auto const some = audit();
    EXPECT_EQ(some.exit_code, 0) << some.out << some.err;
    EXPECT_NE(
        some.out.find(" 10 blocks compared, 0 without a block there as here, 30 not to be had"),
        std::string::npos)
        << some.out;
    start_stellar_node({"--retention", "100"});
    auto const none = audit();
    EXPECT_EQ(none.exit_code, 6) << none.out << none.err;
    EXPECT_NE(none.out.find("the endpoint has none of the blocks"), std::string::npos) << none.out;
}

}  // namespace
}  // namespace indexer::test
