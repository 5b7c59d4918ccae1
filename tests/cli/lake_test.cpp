#include <filesystem>

#include <gtest/gtest.h>

#include "tests/places.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/world/stellar_world.hpp"

namespace indexer::test {
namespace {

// A data lake of the network that the node serves, over HTTP and in a folder.
class Lake : public StellarWorld {
  protected:
    [[nodiscard]] std::string lake() const { return "lake:" + node_->url() + "/lake"; }
    void write_lake(std::vector<std::string> const& more = {}) const {
        std::vector<std::string> arguments{INDEXER_SIMULATOR,
                                           "--chain",
                                           "stellar",
                                           "--first-ledger",
                                           "1000",
                                           "--ledgers",
                                           "300",
                                           "--seed",
                                           "9",
                                           "--write-lake",
                                           folder_.string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        EXPECT_EQ(run_program(arguments).exit_code, 0);
    }

    TempFolder const temporary_;
    std::filesystem::path const folder_ = temporary_.path() / "lake";
};

TEST_F(Lake, OverHttpGivesTheRowsThatRpcGives) {
    start_stellar_node({"--lake-batch", "16", "--lake-partition", "4"});
    ASSERT_EQ(backfill("1000", "1279").exit_code, 0);
    auto const expected = stellar_rows();
    forget_everything();
    auto const done = backfill("1000", "1279", {"--source", lake()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(proven(), "1\t1000\t1279\n");
    EXPECT_EQ(stellar_rows(), expected);
}

TEST_F(Lake, InAFolderNeedsNoEndpoint) {
    start_stellar_node();
    ASSERT_EQ(backfill("1000", "1299").exit_code, 0);
    auto const expected = stellar_rows();
    forget_everything();
    node_.reset();
    write_lake({"--lake-partition", "100"});
    auto const done =
        indexer({"backfill", "--from-ledger", "1000", "--source", "lake:" + folder_.string()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(proven(), "1\t1000\t1299\n");
    EXPECT_EQ(stellar_rows(), expected);
}

TEST_F(Lake, HoldsTheHistoryThatRpcHasDropped) {
    start_stellar_node({"--retention", "100"});
    EXPECT_EQ(backfill("1200", "1299").exit_code, 0);
    EXPECT_EQ(backfill("1000", "1299", {"--source", lake()}).exit_code, 0);
    EXPECT_EQ(proven(), "1\t1000\t1299\n");
}

TEST_F(Lake, FindsItsEndWhereNoneIsAskedFor) {
    start_stellar_node({"--tip", "1234"});
    auto const done = indexer({"backfill", "--from-ledger", "1100", "--source", lake()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(proven(), "1\t1100\t1234\n");
}

TEST_F(Lake, AMissingObjectIsAHole) {
    start_stellar_node({"--fault", "omit:slots=1050-1051"});
    auto const done = backfill("1000", "1099", {"--source", lake()});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_EQ(table("select seq, error from indexer.holes order by seq"),
              "1050\tlake: no object FFFFFFFF--0-63999/FFFFFBE5--1050.xdr.zst\n"
              "1051\tlake: no object FFFFFFFF--0-63999/FFFFFBE4--1051.xdr.zst\n");
    start_stellar_node();
    EXPECT_EQ(backfill("1000", "1099").exit_code, 0);
    EXPECT_EQ(proven(), "1\t1000\t1099\n");
}

TEST_F(Lake, AnObjectOfAnUnknownKindIsKeptWhole) {
    start_stellar_node({"--fault", "poison:slots=1050"});
    EXPECT_EQ(backfill("1000", "1099", {"--source", lake()}).exit_code, 3);
    EXPECT_EQ(table("select seq, substr(encode(raw, 'hex'), 1, 8) from indexer.dead_letters"),
              "1050\t28b52ffd\n");  // as stored: zstd
}

TEST_F(Lake, OutlivesFailuresOfItsServer) {
    start_stellar_node({"--fault", "503:rate=0.2,method=lake", "--fault",
                        "cut:rate=0.1,method=lake", "--fault", "429-plain:rate=0.1,method=lake"});
    auto const done = backfill("1000", "1099", {"--source", lake()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(proven(), "1\t1000\t1099\n");
}

TEST_F(Lake, SaysWhatIsWrongWithThePlace) {
    struct {
        std::string place;
        int exit_code;
        char const* says;
    } const cases[] = {
        {"lake:", 2, "--source"},
        {"pond:/srv", 2, "--source"},
        {"lake:/no/such/folder", 2, "there is no folder /no/such/folder"},
        {"lake:" + std::filesystem::temp_directory_path().string(), 7, "there is no .config.json"},
        {"lake:http://127.0.0.1:1/x", 6, "gave up"}};
    for (auto const& wrong : cases) {
        auto const done =
            backfill("1000", "1099", {"--source", wrong.place, "--max-attempts", "2"});
        EXPECT_EQ(done.exit_code, wrong.exit_code) << wrong.place << done.err;
        EXPECT_NE(done.err.find(wrong.says), std::string::npos) << wrong.place << done.err;
    }
}

TEST_F(Lake, SaysThatTheFirstLedgerOfAChainIsNowhere) {
    start_stellar_node();
    write_lake();
    for (auto const& place : {lake(), "lake:" + folder_.string()}) {
        for (std::string const ledger : {"0", "1"}) {
            auto const done = backfill(ledger, "1099", {"--source", place});
            EXPECT_EQ(done.exit_code, 2) << done.err;
            EXPECT_NE(done.err.find("ledger " + ledger + " has no meta"), std::string::npos)
                << done.err;
            EXPECT_NE(done.err.find("hint: begin at ledger 2"), std::string::npos) << done.err;
        }
    }
}

TEST_F(Lake, AnswersTheWrongChainWithUsage) {
    auto const done = indexer({"backfill", "--from-slot", "1", "--source", "lake:/srv"});
    EXPECT_EQ(done.exit_code, 2) << done.err;
    EXPECT_NE(done.err.find("--source"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace indexer::test
