#include <gtest/gtest.h>

#include "tests/world/world.hpp"

// A chain that begins again bears the name of the one before it.
namespace indexer::test {
namespace {

class OtherChain : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }
    void testnet(std::string const& seed, std::string const& ledgers, std::string const& tip) {
        start_node({"--chain", "stellar", "--network", "testnet", "--first-ledger", "2",
                    "--transactions", "2", "--seed", seed, "--ledgers", ledgers, "--tip", tip});
    }
    void cluster(std::string const& seed, std::string const& tip) {
        start_node({"--first-slot", "1000", "--slots", "900", "--transactions", "3", "--seed", seed,
                    "--tip", tip});
    }
    std::string everything() const {
        return table(
            "select (select md5(string_agg(s::text, ',' order by s::text)) from indexer.segments "
            "s), (select count(*) from indexer.holes), (select count(*) from "
            "stellar.account_entries)");
    }
    static void expect_refused(Finished const& done, std::string const& chain) {
        EXPECT_EQ(done.exit_code, 7) << done.out << done.err;
        EXPECT_NE(done.err.find(chain + ": "), std::string::npos) << done.err;
        EXPECT_NE(done.err.find("serves another chain of the same name: its block"),
                  std::string::npos)
            << done.err;
        EXPECT_NE(done.err.find("hint: "), std::string::npos) << done.err;
    }
};

TEST_F(OtherChain, ATestnetThatWasResetIsRefusedByEveryCommand) {
    testnet("1", "120", "121");
    ASSERT_EQ(indexer({"poll", "--chain", "stellar", "--from-ledger", "2", "--until-caught-up"})
                  .exit_code,
              0);
    auto const before = everything();
    testnet("2", "60", "61");  // its tip is below what is stored
    expect_refused(indexer({"poll", "--chain", "stellar", "--until-caught-up"}), "stellar");
    testnet("2", "400", "300");  // it has passed what is stored
    expect_refused(indexer({"poll", "--chain", "stellar", "--until-caught-up"}), "stellar");
    expect_refused(indexer({"backfill", "--from-ledger", "2", "--to-ledger", "200"}), "stellar");
    expect_refused(indexer({"backfill", "--from-ledger", "2", "--to-ledger", "100"}), "stellar");
    expect_refused(indexer({"repair", "--chain", "stellar", "--now"}), "stellar");
    expect_refused(indexer({"reindex", "--from-ledger", "2", "--to-ledger", "50"}), "stellar");
    EXPECT_EQ(everything(), before);
}

TEST_F(OtherChain, AnEndpointOfItBesideAnHonestOneIsQuarantined) {
    testnet("1", "120", "121");
    ASSERT_EQ(indexer({"poll", "--chain", "stellar", "--from-ledger", "2", "--until-caught-up"})
                  .exit_code,
              0);
    Simulator const reset({"--chain", "stellar", "--network", "testnet", "--first-ledger", "2",
                           "--transactions", "2", "--seed", "2", "--ledgers", "60"});
    auto const done = indexer({"poll", "--chain", "stellar", "--rpc-url", node_->url(), "--rpc-url",
                               reset.url(), "--until-caught-up", "--max-runtime", "30s"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_NE(done.err.find("quarantined: its block"), std::string::npos) << done.err;
}

TEST_F(OtherChain, ASolanaClusterThatWasResetIsRefused) {
    cluster("1", "1400");
    ASSERT_EQ(indexer({"backfill", "--from-slot", "1000", "--to-slot", "1300"}).exit_code, 0);
    cluster("2", "1800");
    expect_refused(indexer({"backfill", "--from-slot", "1301", "--to-slot", "1500"}), "solana");
    cluster("2", "1100");
    expect_refused(indexer({"poll", "--until-caught-up"}), "solana");
}

TEST_F(OtherChain, ATipBelowWhatIsStoredIsBehindAndNotCaughtUp) {
    cluster("1", "1400");
    ASSERT_EQ(indexer({"backfill", "--from-slot", "1000", "--to-slot", "1300"}).exit_code, 0);
    cluster("1", "1200");
    auto const done = indexer({"poll", "--until-caught-up", "--max-runtime", "1s"});
    EXPECT_EQ(done.exit_code, 75) << done.out << done.err;
}

}  // namespace
}  // namespace indexer::test
