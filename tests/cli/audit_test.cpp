#include <gtest/gtest.h>

#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

class Audit : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node(node({}));
        migrate();
        ASSERT_EQ(
            indexer({"backfill", "--from-slot", "1000", "--to-slot", "1099", "--quiet"}).exit_code,
            0);
    }

    static std::vector<std::string> node(std::vector<std::string> more) {
        more.insert(more.begin(), {"--first-slot", "1000", "--slots", "130", "--seed", "7",
                                   "--transactions", "20"});
        return more;
    }

    Finished audit_against(std::vector<std::string> node_options) {
        Simulator const other(node(std::move(node_options)));
        return indexer({"audit", "--against", other.url(), "--sample", "100%"});
    }
};

TEST_F(Audit, FindsNothingAtAnHonestEndpoint) {
    auto const done = audit_against({});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_NE(done.out.find("solana: 100 seqs sampled, 95 compared, 5 not to be had there, "
                            "0 contradictions\n"),
              std::string::npos)
        << done.out;
}

TEST_F(Audit, NamesBlocksOfAnotherFork) {
    auto const done = audit_against({"--fault", "bad-link:slots=1050"});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("1050: the hash is "), std::string::npos) << done.out;
}

TEST_F(Audit, NamesABlockWhereThereShouldBeNone) {
    run_sql(
        "delete from indexer.blocks where seq = 1050; "
        "update indexer.segments set blocks = blocks - 1");
    auto const done = audit_against({});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("1050: there is block "), std::string::npos) << done.out;
    EXPECT_NE(done.out.find("1 contradiction\n"), std::string::npos) << done.out;
}

TEST_F(Audit, ComparesRowsAndTheirOrder) {
    run_sql(
        "update indexer.blocks set row_digests[5] = row_digests[5] + 1 where seq = 1050; "
        "update indexer.blocks set order_digest = 'x' where seq = 1060");
    auto const done = audit_against({});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("1050: rows differ\n"), std::string::npos) << done.out;
    EXPECT_NE(done.out.find("1060: the names of the transactions, or their order, differ\n"),
              std::string::npos)
        << done.out;
}

TEST_F(Audit, RefusesAnotherNetworkAndAShareThatIsNone) {
    EXPECT_EQ(
        audit_against({"--genesis", "4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpjk2NsNY"}).exit_code, 7);
    auto const share = indexer({"audit", "--against", node_->url(), "--sample", "2"});
    EXPECT_EQ(share.exit_code, 2);
    EXPECT_NE(share.err.find("--sample: 2 is not a share"), std::string::npos) << share.err;
    EXPECT_EQ(indexer({"audit"}).exit_code, 2);
}

}  // namespace
}  // namespace indexer::test
