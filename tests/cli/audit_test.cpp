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

    Finished audit_against(std::vector<std::string> node_options,
                           std::vector<std::string> options = {}) {
        Simulator const other(node(std::move(node_options)));
        options.insert(options.begin(), {"audit", "--against", other.url(), "--sample", "100%"});
        return indexer(options);
    }
};

TEST_F(Audit, FindsNothingAtAnHonestEndpoint) {
    auto const done = audit_against({});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(done.out,
              "solana 1000-1099: 100 of 100 stored seqs sampled, 95 blocks compared, 5 without a "
              "block there as here, 0 not to be had there, 0 contradictions\n");
}

TEST_F(Audit, FindsNothingInAnyContentThatCanBeCopied) {
    auto const word = [&](std::string const& sql) {
        auto const text = table(sql);
        return text.substr(0, text.find('\n'));
    };
    auto const mint = word("select mint from solana.token_transfers order by slot limit 1");
    auto const trader = word("select trader from solana.swaps order by slot limit 1");
    auto const program = word("select program from solana.swaps order by slot limit 1");
    for (std::vector<std::string> const& content :
         std::vector<std::vector<std::string>>{{"--include-votes"},
                                               {"--rewards"},
                                               {"--tables", "blocks"},
                                               {"--tables", "swaps,token_transfers"},
                                               {"--mint", mint},
                                               {"--account", trader},
                                               {"--program", program},
                                               {"--program", program, "--include-votes"},
                                               {"--tables", "swaps", "--mint", mint}}) {
        std::vector<std::string> copy{"backfill",  "--from-slot", "1000",
                                      "--to-slot", "1099",        "--quiet"};
        copy.insert(copy.end(), content.begin(), content.end());
        ASSERT_EQ(indexer(copy).exit_code, 0) << content.front();
        auto const done = audit_against({}, content);
        EXPECT_EQ(done.exit_code, 0) << content.front() << done.out << done.err;
        EXPECT_NE(done.out.find(" 0 contradictions"), std::string::npos) << done.out;
    }
}

TEST_F(Audit, SaysWhatTheEndpointDoesNotHave) {
    auto const some = audit_against({"--fault", "skip-lie:slots=1000-1049"});
    EXPECT_EQ(some.exit_code, 0) << some.out << some.err;
    EXPECT_NE(some.out.find("48 not to be had there, 0 contradictions\n"), std::string::npos)
        << some.out;
    auto const none = audit_against({"--fault", "skip-lie"});
    EXPECT_EQ(none.exit_code, 6) << none.out << none.err;
    EXPECT_NE(none.out.find("95 not to be had there, 0 contradictions\nnothing was compared: the "
                            "endpoint has none of the blocks that were sampled\n"),
              std::string::npos)
        << none.out;
}

TEST_F(Audit, IsNoSuccessWhereNothingIsStored) {
    auto const none = audit_against({}, {"--from-slot", "1100", "--to-slot", "1119"});
    EXPECT_EQ(none.exit_code, 3) << none.out << none.err;
    EXPECT_NE(none.out.find("solana 1100-1119: 0 of 0 stored seqs sampled"), std::string::npos)
        << none.out;
    EXPECT_NE(none.out.find("nothing was compared: nothing of this range is stored\n"),
              std::string::npos)
        << none.out;
    auto const json =
        audit_against({}, {"--from-slot", "1100", "--to-slot", "1119", "--output", "json"});
    EXPECT_EQ(json.exit_code, 3);
    EXPECT_NE(json.out.find(R"("nothing_compared":"nothing of this range is stored")"),
              std::string::npos)
        << json.out;
    auto const behind = audit_against({}, {"--from-slot", "1100"});
    EXPECT_EQ(behind.exit_code, 2) << behind.out << behind.err;
    EXPECT_NE(behind.err.find("there is nothing from 1100 on"), std::string::npos) << behind.err;
    run_sql("truncate indexer.segments, indexer.blocks");
    EXPECT_EQ(audit_against({}).exit_code, 2);
}

TEST_F(Audit, OfASkippedSlotComparesNoBlock) {
    auto const skipped = table(
        "select min(seq) from generate_series(1000, 1099) as seq "
        "where not exists (select from solana.blocks where slot = seq)");
    auto const slot = skipped.substr(0, skipped.size() - 1);
    auto const done = audit_against({}, {"--from-slot", slot, "--to-slot", slot});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("nothing was compared: no block was among the seqs"), std::string::npos)
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
