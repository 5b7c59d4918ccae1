#include <gtest/gtest.h>

#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

// What is done to a proven history, and what verify must say about it.
struct Damage {
    char const* name;
    char const* sql;
    char const* where;
    unsigned seq;       // 0: it is about no seq
    char const* what;   // how it begins
    bool deep = false;  // needs --deep

    [[nodiscard]] std::string as_text() const {
        auto const place = seq == 0 ? "" : " " + std::to_string(seq);
        return std::string("\n") + where + place + ": " + what;
    }
    [[nodiscard]] std::string as_json() const {
        return std::string(R"({"where":")") + where + R"(","seq":)" + std::to_string(seq) +
               R"(,"what":")" + what;
    }
};

std::ostream& operator<<(std::ostream& out, Damage const& damage) {
    return out << damage.name;
}

class Verify : public World, public ::testing::WithParamInterface<Damage> {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node(
            {"--first-slot", "1000", "--slots", "130", "--seed", "7", "--transactions", "20"});
        migrate();
        ASSERT_EQ(copy({}).exit_code, 0);
    }

    Finished copy(std::vector<std::string> const& options) {
        std::vector<std::string> arguments{"backfill",  "--from-slot", "1000",
                                           "--to-slot", "1099",        "--quiet"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return indexer(arguments);
    }
};

TEST_P(Verify, NamesTheDamage) {
    ASSERT_EQ(indexer({"verify", "--deep"}).exit_code, 0);
    run_sql(GetParam().sql);
    auto const light = indexer({"verify"});
    auto const deep = indexer({"verify", "--deep"});
    EXPECT_EQ(light.exit_code, GetParam().deep ? 0 : 3) << light.out << light.err;
    EXPECT_EQ(deep.exit_code, 3) << deep.out << deep.err;
    auto const& said = GetParam().deep ? deep.out : light.out;
    EXPECT_NE(said.find("not proven"), std::string::npos) << said;
    EXPECT_NE(said.find(GetParam().as_text()), std::string::npos) << said;
    auto const json = indexer({"verify", "--deep", "--output", "json"});
    EXPECT_EQ(json.exit_code, 3);
    EXPECT_NE(json.out.find(R"("proven":false)"), std::string::npos) << json.out;
    EXPECT_NE(json.out.find(GetParam().as_json()), std::string::npos) << json.out;
}

INSTANTIATE_TEST_SUITE_P(
    All, Verify,
    ::testing::Values(
        Damage{"ADeletedTransaction",
               "delete from solana.transactions where ctid = "
               "(select min(ctid) from solana.transactions where slot = 1050)",
               "solana.transactions", 1050, ""},
        Damage{"ADeletedBlock", "delete from solana.blocks where slot = 1050", "solana.blocks",
               1050, "0 rows, 1 were written"},
        Damage{"AChangedHash", "update solana.blocks set blockhash = 'x' where slot = 1050",
               "solana.blocks", 1050, "it is x"},
        Damage{"AChangedParent", "update indexer.blocks set parent_hash = 'x' where seq = 1050",
               "links", 1050, "names "},
        Damage{"ASegmentThatClaimsMore", "update indexer.segments set blocks = blocks + 1",
               "segments", 1000, "it claims "},
        Damage{"SwappedOrder",
               "do $$ declare a int; b int; begin "
               "select min(transaction_index), max(transaction_index) into a, b "
               "from solana.transactions where slot = 1050; "
               "update solana.transactions set transaction_index = 9999 "
               "where slot = 1050 and transaction_index = a; "
               "update solana.transactions set transaction_index = a "
               "where slot = 1050 and transaction_index = b; "
               "update solana.transactions set transaction_index = b "
               "where slot = 1050 and transaction_index = 9999; end $$",
               "solana.transactions", 1050,
               "the transactions are not those that were written, or not in their order"},
        Damage{"AnOrphan",
               "insert into solana.sol_transfers select slot, 9999, 0, 0, 'x', block_time, kind, "
               "from_address, to_address, lamports from solana.sol_transfers "
               "where slot = 1050 limit 1",
               "solana.sol_transfers", 1050,
               "a row is of transaction 9999 (x), which is not there"},
        Damage{"AMissingSwap",
               "delete from solana.swaps where ctid = "
               "(select min(ctid) from solana.swaps where slot = 1048)",
               "solana.swaps", 1048, ""},
        Damage{"AnEditedAmount",
               "update solana.swaps set output_amount = output_amount + 1 where ctid = "
               "(select min(ctid) from solana.swaps where slot = 1048)",
               "solana.swaps", 1048, "the rows are not those that were written", true},
        Damage{"AnEditedFee",
               "update solana.transactions set fee = fee + 1 where ctid = "
               "(select min(ctid) from solana.transactions where slot = 1050)",
               "solana.transactions", 1050, "the rows are not those that were written", true},
        Damage{"AKeyThatIsNone", "alter table solana.swaps drop constraint swaps_pkey",
               "solana.swaps", 0, "it has no valid primary key"}),
    [](auto const& damage) { return damage.param.name; });

using VerifyRun = Verify;

TEST_F(VerifyRun, PrintsACertificate) {
    auto const text = indexer({"verify", "--deep", "--to-slot", "1099"});
    EXPECT_EQ(text.exit_code, 0) << text.out << text.err;
    auto const last = query(database_->url(),
                            "select slot, blockhash from solana.blocks where slot <= 1099 "
                            "order by slot desc limit 1");
    EXPECT_NE(text.out.find("-1099: proven\n"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find(" " + last[0][0] + " " + last[0][1] + "\n"), std::string::npos)
        << text.out;
    EXPECT_NE(text.out.find(" version 2\n"), std::string::npos) << text.out;
    auto const json = indexer({"verify", "--output", "json"});
    EXPECT_EQ(json.exit_code, 0);
    auto const swaps = table("select count(*) from solana.swaps");
    EXPECT_NE(json.out.find("\"solana.swaps\":" + swaps.substr(0, swaps.size() - 1)),
              std::string::npos)
        << json.out;
    EXPECT_NE(json.out.find(R"("proven":true)"), std::string::npos) << json.out;
}

TEST_F(VerifyRun, NeedsOnlyOneSession) {
    auto const alone = indexer({"verify", "--deep", "--pool-max-open", "1"});
    EXPECT_EQ(alone.exit_code, 0) << alone.out << alone.err;
    run_sql("update solana.transactions set fee = fee + 1 where slot = 1050");
    auto const damaged = indexer({"verify", "--deep", "--pool-max-open", "1"});
    EXPECT_EQ(damaged.exit_code, 3);
    EXPECT_NE(damaged.out.find("\nsolana.transactions 1050: "), std::string::npos) << damaged.out;
}

TEST_F(VerifyRun, IsNoProofOfWhatIsNotThere) {
    EXPECT_EQ(indexer({"verify", "--from-slot", "900"}).exit_code, 3);
    run_sql("truncate indexer.segments, indexer.blocks");
    auto const empty = indexer({"verify"});
    EXPECT_EQ(empty.exit_code, 3);
    EXPECT_NE(empty.out.find("nothing is stored yet"), std::string::npos) << empty.out;
}

TEST_F(VerifyRun, ForceMakesADamagedHistoryProvenAgain) {
    run_sql("delete from solana.swaps; update solana.transactions set fee = 0 where slot = 1050");
    ASSERT_EQ(indexer({"verify", "--deep"}).exit_code, 3);
    ASSERT_EQ(copy({"--force"}).exit_code, 0);
    auto const mended = indexer({"verify", "--deep"});
    EXPECT_EQ(mended.exit_code, 0) << mended.out;
}

constexpr auto kRows =
    "select md5(string_agg(t::text, ',' order by slot, transaction_index, instruction_index, "
    "inner_index, leg)) from solana.swaps t";

TEST_F(VerifyRun, ReindexReplacesTheRowsOfAnOlderDecoder) {
    auto const expected = table(kRows);
    // What an older decoder is thought to have left: rows too many, and others that are wrong.
    run_sql(
        "insert into solana.swaps select slot, transaction_index, instruction_index, inner_index + "
        "7000, leg, "
        "signature, block_time, venue, program, pool, trader, input_mint, input_amount, "
        "input_decimals, output_mint, output_amount, output_decimals, fee_mint, fee_amount, "
        "is_aggregator_leg, leg_program, aggregator, aggregator_inner_index from solana.swaps; "
        "update solana.swaps set input_amount = 0; "
        "update solana.blocks set decoder_version = 0; "
        "update indexer.blocks set decoder_version = 0");
    auto const old = indexer({"status"});
    EXPECT_NE(old.out.find("version 0, old (indexer reindex): "), std::string::npos) << old.out;
    auto const segments = table("select * from indexer.segments");
    auto const done = indexer({"reindex", "--from-slot", "1000", "--to-slot", "1099", "--quiet"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table(kRows), expected);
    EXPECT_EQ(table("select * from indexer.segments"), segments);
    auto const verified = indexer({"verify", "--deep", "--to-slot", "1099"});
    EXPECT_EQ(verified.exit_code, 0) << verified.out;
    EXPECT_EQ(
        table("select count(*) from indexer.blocks where decoder_version = 0 and seq <= 1099"),
        "0\n");
}

TEST_F(VerifyRun, ReindexTakesNoOtherForksBlocks) {
    auto const expected = table(kRows);
    start_node({"--first-slot", "1000", "--slots", "130", "--seed", "7", "--transactions", "20",
                "--fault", "bad-link:slots=1050-1060"});
    auto const done = indexer({"reindex", "--from-slot", "1040", "--to-slot", "1070"});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("\nnot replaced: 10"), std::string::npos) << done.out;
    EXPECT_EQ(table(kRows), expected) << done.out << done.err;
    EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n");
    EXPECT_EQ(indexer({"verify", "--deep", "--to-slot", "1099"}).exit_code, 0);
}

}  // namespace
}  // namespace indexer::test
