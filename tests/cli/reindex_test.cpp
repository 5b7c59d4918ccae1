#include <gtest/gtest.h>

#include "tests/world/stellar_world.hpp"

namespace indexer::test {
namespace {

// Ledgers whose rows an older decoder is thought to have made.
class Reindex : public StellarWorld {
  protected:
    void SetUp() override {
        StellarWorld::SetUp();
        if (IsSkipped()) return;
        start_stellar_node();
        ASSERT_EQ(backfill("1000", "1199").exit_code, 0);
        run_sql(
            "update stellar.ledgers set decoder_version = 0; "
            "update indexer.blocks set decoder_version = 0");
    }

    Finished reindex(std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"reindex", "--from-ledger", "1000", "--to-ledger", "1199",
                                   "--quiet", "--backoff", "20ms", "--max-backoff", "100ms",
                                   "--max-attempts", "2", "--breaker-open", "200ms"});
        return indexer(more);
    }
    [[nodiscard]] std::string old_ledgers() const {
        return table(
            "select min(ledger), max(ledger), count(*) from stellar.ledgers "
            "where decoder_version = 0");
    }
};

TEST_F(Reindex, ReplacesAllAroundAHoleAndNamesTheRest) {
    start_stellar_node({"--fault", "omit:slots=1040-1045,method=getLedgers"});
    auto const done = reindex();
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_EQ(old_ledgers(), "1040\t1045\t6\n");
    EXPECT_NE(done.out.find("\nnot replaced: 1040-1045 (6 blocks): "), std::string::npos)
        << done.out;
    auto const json = reindex({"--output", "json"});
    EXPECT_NE(json.out.find(R"("unreplaced":[{"first":1040,"last":1045,"blocks":6,"reason":")"),
              std::string::npos)
        << json.out;
    start_stellar_node();
    EXPECT_EQ(reindex().exit_code, 0);
    EXPECT_EQ(old_ledgers(), "NULL\tNULL\t0\n");
}

TEST_F(Reindex, NamesALedgerThatCannotBeDecoded) {
    start_stellar_node({"--fault", "poison:slots=1111"});
    auto const done = reindex();
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_EQ(old_ledgers(), "1111\t1111\t1\n");
    EXPECT_NE(done.out.find("\nnot replaced: 1111 (1 block): xdr: LedgerCloseMeta: "),
              std::string::npos)
        << done.out;
    EXPECT_EQ(indexer({"gaps", "--chain", "stellar"}).exit_code, 3);
}

}  // namespace
}  // namespace indexer::test
