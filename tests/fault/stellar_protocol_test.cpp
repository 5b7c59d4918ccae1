#include <csignal>

#include <gtest/gtest.h>

#include "tests/places.hpp"
#include "tests/world/stellar_world.hpp"

// Stellar goes on to protocols that the program knows, and to one that it does not.
namespace indexer::test {
namespace {

class StellarProtocol : public StellarWorld {
  protected:
    // An upgrade in the middle: from 1051 on closing times are told in milliseconds, some of them
    // within one second. 1040 and 1080 lost their sets.
    void start_upgraded_node(std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"--milliseconds-ledger", "1050", "--dropped-set", "1040",
                                   "--dropped-set", "1080"});
        start_stellar_node(more);
    }

    [[nodiscard]] std::string letters() const {
        return table("select count(*), min(seq), max(seq) from indexer.dead_letters");
    }
    [[nodiscard]] std::string ledgers() const {
        return table("select count(*) from stellar.ledgers");
    }
};

constexpr auto kTimesAreKept =
    "select count(*) filter (where ledger_closed_ms is null) = 51 "
    "and min(ledger) filter (where ledger_closed_ms is not null) = 1051 "
    "and bool_and(ledger_closed_ms / 1000 = extract(epoch from ledger_closed_at)) "
    "and count(distinct ledger_closed_at) < count(*) "
    "and count(distinct coalesce(ledger_closed_ms, ledger)) = count(*) "
    "and min(protocol_version) = 22 and max(protocol_version) = 30 from stellar.ledgers";

TEST_F(StellarProtocol, AnUpgradeInTheMiddleOfARangeIsCopiedAndProven) {
    start_upgraded_node();
    auto const done = backfill("1000", "1099");
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(proven(), "1\t1000\t1099\n");
    EXPECT_EQ(table(kTimesAreKept), "t\n");
    EXPECT_EQ(table("select ledger, transaction_count from stellar.ledgers "
                    "where ledger in (1040, 1080) order by 1"),
              "1040\t0\n1080\t0\n");
    // Calls name a contract and an account it keeps as one, events apart.
    EXPECT_EQ(table("select count(*) > 0, bool_and(t.to_muxed_type = 'u64'), "
                    "bool_and(t.to_address like 'C%'), min(t.ledger) > 1050 "
                    "from stellar.operations o join stellar.token_operations t "
                    "on t.ledger = o.ledger and t.tx_hash = o.tx_hash "
                    "where o.operation_details::text like '%\"W%'"),
              "t\tt\tt\tt\n");
    auto const verified = indexer({"verify", "--chain", "stellar", "--deep"});
    EXPECT_EQ(verified.exit_code, 0) << verified.out;
    auto const rows = stellar_rows();
    forget_everything();
    EXPECT_EQ(backfill("1000", "1099", {"--source", "lake:" + node_->url() + "/lake"}).exit_code,
              0);
    EXPECT_EQ(stellar_rows(), rows);
    // A server of that protocol does not tell which calls succeeded.
    auto const audited =
        indexer({"audit", "--chain", "stellar", "--sample", "100%", "--against", node_->url()});
    EXPECT_EQ(audited.exit_code, 0) << audited.out << audited.err;
}

TEST_F(StellarProtocol, APollFollowsAnUpgrade) {
    start_upgraded_node({"--tip", "1030", "--ledger-interval", "20ms"});
    auto const followed = indexer_until(
        "select max(last_seq) >= 1090 from indexer.segments",
        {"poll", "--chain", "stellar", "--from-ledger", "1000", "--interval", "20ms"});
    EXPECT_EQ(followed.exit_code, 75) << followed.err;
    EXPECT_EQ(table("select count(*) from indexer.segments"), "1\n");
    EXPECT_EQ(table("select count(*), count(ledger_closed_ms) from stellar.ledgers "
                    "where ledger between 1041 and 1060"),
              "20\t10\n");
}

// What a version from before the upgrade does behind it.
TEST_F(StellarProtocol, OneThatIsNotKnownCostsRowsAndNotTheStream) {
    program_ = INDEXER_UNTAUGHT;
    start_upgraded_node();
    auto const copied = backfill("1000", "1099");
    EXPECT_EQ(copied.exit_code, 3) << copied.out << copied.err;
    EXPECT_NE(copied.out.find("dead letters: 49, "), std::string::npos) << copied.out;
    EXPECT_EQ(proven(), "1\t1000\t1099\n");
    EXPECT_EQ(ledgers(), "51\n");
    EXPECT_EQ(letters(), "49\t1051\t1099\n");
    EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n");
    auto const verified = indexer({"verify", "--chain", "stellar"});
    EXPECT_EQ(verified.exit_code, 3);
    EXPECT_NE(verified.out.find("stellar 1000-1099: not proven"), std::string::npos);
    EXPECT_NE(verified.out.find("1051: the whole block: xdr: "), std::string::npos) << verified.out;
    EXPECT_EQ(verified.out.find("stellar.ledgers 1051"), std::string::npos) << verified.out;
    auto const in_vain = indexer({"dead-letters", "retry", "--chain", "stellar"});
    EXPECT_EQ(in_vain.exit_code, 3) << in_vain.out << in_vain.err;
    EXPECT_EQ(letters(), "49\t1051\t1099\n");

    program_ = INDEXER_PROGRAM;
    auto const calls = node_->calls("getLedgers");
    auto const healed = indexer({"dead-letters", "retry", "--chain", "stellar"});
    EXPECT_EQ(healed.exit_code, 0) << healed.out << healed.err;
    EXPECT_EQ(node_->calls("getLedgers"), calls + 1);  // to know the chain again
    EXPECT_EQ(table(kTimesAreKept), "t\n");
    auto const proof = indexer({"verify", "--chain", "stellar", "--deep"});
    EXPECT_EQ(proof.exit_code, 0) << proof.out;
    auto const rows = stellar_rows();
    forget_everything();
    EXPECT_EQ(backfill("1000", "1099").exit_code, 0);
    EXPECT_EQ(stellar_rows(), rows);
}

TEST_F(StellarProtocol, OneThatIsNotKnownIsFollowedAndHealedFromALakeToo) {
    program_ = INDEXER_UNTAUGHT;
    start_upgraded_node();
    std::vector<std::string> const lake{"--source", "lake:" + node_->url() + "/lake"};
    EXPECT_EQ(backfill("1000", "1099", lake).exit_code, 3);
    EXPECT_EQ(proven(), "1\t1000\t1099\n");
    EXPECT_EQ(letters(), "49\t1051\t1099\n");
    program_ = INDEXER_PROGRAM;
    auto const healed =
        indexer({"dead-letters", "retry", "--from-ledger", "1000", lake.front(), lake.back()});
    EXPECT_EQ(healed.exit_code, 0) << healed.out << healed.err;
    EXPECT_EQ(indexer({"verify", "--chain", "stellar", "--deep"}).exit_code, 0);
}

TEST_F(StellarProtocol, AnArmThatNobodyKnowsCostsOneLedger) {
    start_upgraded_node({"--unheard-of", "1030"});
    auto const copied = backfill("1000", "1099");
    EXPECT_EQ(copied.exit_code, 3) << copied.out << copied.err;
    EXPECT_EQ(proven(), "1\t1000\t1099\n");
    EXPECT_EQ(ledgers(), "99\n");
    EXPECT_EQ(letters(), "1\t1030\t1030\n");
    EXPECT_NE(copied.out.find("dead letters: 1, "), std::string::npos) << copied.out;
    EXPECT_EQ(table("select hash = parent_hash from (select hash, lead(parent_hash) over "
                    "(order by seq) as parent_hash, seq from indexer.blocks) b where seq = 1030"),
              "t\n");
}

}  // namespace
}  // namespace indexer::test
