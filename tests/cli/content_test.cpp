#include <filesystem>

#include <gtest/gtest.h>

#include "tests/places.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

// Which rows of a simulated chain are written when only some are asked for. A run without filters
// tells what there is: its tables are kept in the schema `whole`.
class SolanaContent : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node(
            {"--first-slot", "1000", "--slots", "40", "--seed", "11", "--transactions", "40"});
        migrate();
        copy({});
        run_sql(
            "create schema whole;"
            "create table whole.transactions as table solana.transactions;"
            "create table whole.token_transfers as table solana.token_transfers;"
            "create table whole.sol_transfers as table solana.sol_transfers;"
            "create table whole.swaps as table solana.swaps");
    }

    // Only what was asked for is there afterwards.
    void copy(std::vector<std::string> arguments) {
        run_sql(
            "truncate solana.transactions, solana.token_transfers, solana.sol_transfers, "
            "solana.swaps");
        arguments.insert(arguments.begin(),
                         {"backfill", "--from-slot", "1000", "--to-slot", "1039"});
        auto const done = indexer(arguments);
        EXPECT_EQ(done.exit_code, 0) << done.err;
    }

    // Expects of a table the rows for which `condition` holds and no others, and that it holds for
    // some and not for all.
    void expect_only(std::string const& name, std::string const& condition) const {
        auto const expected = rows_of("whole." + name + " where " + condition);
        EXPECT_EQ(rows_of("solana." + name), expected) << name;
        EXPECT_NE(expected, rows_of("whole." + name)) << name;
        EXPECT_NE(expected, kNone) << name;
    }
    void expect_none(std::string const& name) const {
        EXPECT_EQ(rows_of("solana." + name), kNone) << name;
        EXPECT_NE(rows_of("whole." + name), kNone) << name;
    }

    // The value that most rows of a table share.
    [[nodiscard]] std::string most_common(std::string const& column,
                                          std::string const& table_name) const {
        auto const line = table("select " + column + " from " + table_name +
                                " group by 1 order by "
                                "count(*) desc, 1 limit 1");
        return line.substr(0, line.find('\n'));
    }

  private:
    static constexpr auto kNone = "0\tNULL\n";

    [[nodiscard]] std::string rows_of(std::string const& table_name) const {
        return table(
            "select count(*), coalesce(md5(string_agg(row::text, ',' order by row::text)),"
            " 'NULL') from (select * from " +
            table_name + ") as row");
    }
};

TEST_F(SolanaContent, OfSomeTables) {
    copy({"--tables", "swaps,sol_transfers"});
    EXPECT_NE(table("select count(*) from solana.swaps"), "0\n");
    EXPECT_EQ(table("select count(*) from solana.swaps"),
              table("select count(*) from whole.swaps"));
    EXPECT_EQ(table("select count(*) from solana.sol_transfers"),
              table("select count(*) from whole.sol_transfers"));
    expect_none("transactions");
    expect_none("token_transfers");
}

TEST_F(SolanaContent, OfAProgram) {
    std::string const pump_swap = "pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA";
    copy({"--program", pump_swap});
    auto const condition =
        "signature in (select signature from whole.swaps where program = '" + pump_swap + "')";
    expect_only("swaps", condition);
    expect_only("token_transfers", condition);
    EXPECT_EQ(table("select count(*) from solana.transactions where success"),
              table("select count(distinct signature) from whole.swaps where program = '" +
                    pump_swap + "'"));
}

TEST_F(SolanaContent, OfTwoMints) {
    auto const first = most_common("output_mint", "whole.swaps where input_mint like 'So1%'");
    auto const second =
        most_common("input_mint",
                    "whole.swaps where output_mint like 'So1%' and input_mint <> '" + first + "'");
    copy({"--mint", first, "--mint", second});
    auto const mints = "('" + first + "', '" + second + "')";
    expect_only("swaps", "input_mint in " + mints + " or output_mint in " + mints);
    expect_only("token_transfers", "mint in " + mints);
    expect_none("sol_transfers");
}

TEST_F(SolanaContent, OfAnAccount) {
    auto const trader = most_common("trader", "whole.swaps");
    copy({"--account", trader});
    auto const is_one = "'" + trader + "' in (";
    expect_only("swaps", is_one + "trader, pool)");
    expect_only("token_transfers", is_one +
                                       "from_address, to_address, from_token_account, "
                                       "to_token_account, authority)");
    EXPECT_EQ(table("select count(*) from solana.transactions where fee_payer = '" + trader + "'"),
              table("select count(*) from whole.transactions where fee_payer = '" + trader + "'"));
}

TEST_F(SolanaContent, OfAllFiltersAtOnce) {
    auto const trader = most_common("trader", "whole.swaps where venue = 'raydium_amm_v4'");
    auto const where = "whole.swaps where trader = '" + trader + "'";
    auto const program = most_common("program", where + " and venue = 'raydium_amm_v4'");
    auto const mint = most_common("input_mint", where);
    copy({"--tables", "swaps", "--program", program, "--mint", mint, "--account", trader});
    expect_only("swaps", "trader = '" + trader + "' and '" + mint +
                             "' in (input_mint, output_mint) and signature in (select signature "
                             "from whole.swaps where program = '" +
                             program + "')");
    expect_none("transactions");
    expect_none("token_transfers");
}

// A chain with what decoders do not understand, from a folder.
class Undecodable : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        auto const golden = std::filesystem::path(INDEXER_SOURCE_DIR) / "tests/golden/solana";
        folder_ = std::filesystem::temp_directory_path() /
                  ("indexer-" + database_->url().substr(database_->url().rfind('_') + 1));
        std::filesystem::create_directories(folder_);
        copy_file(golden / "300_unrecorded_calls.json", folder_ / "block_300.json");
        copy_file(golden / "301_tokens.json", folder_ / "block_301.json");
        start_node({"--recorded", folder_});
        migrate();
    }
    void TearDown() override {
        if (!folder_.empty()) std::filesystem::remove_all(folder_);
        World::TearDown();
    }

    std::filesystem::path folder_;
};

// A route of Jupiter's, through one pool.
class Routed : public Undecodable {};

TEST_F(Routed, TradesAreCountedByThePoolOrElseByTheLeg) {
    copy_file(std::filesystem::path(INDEXER_SOURCE_DIR) / "tests/golden/solana/305_jupiter_v6.json",
              folder_ / "block_305.json");
    start_node({"--recorded", folder_});
    ASSERT_EQ(indexer({"backfill", "--from-slot", "305", "--to-slot", "305"}).exit_code, 0);
    auto const trades = [&] { return table("select venue from solana.swap_events order by 1"); };
    EXPECT_EQ(table("select count(*) from solana.swaps"), "2\n");
    EXPECT_EQ(trades(), "raydium_amm_v4\n");
    run_sql("update solana.swaps set leg_program = null where is_aggregator_leg");
    EXPECT_EQ(trades(), "raydium_amm_v4\n") << "who does not say where, tells what was traded";
    run_sql("delete from solana.swaps where not is_aggregator_leg");
    EXPECT_EQ(trades(), "jupiter_v6\n") << "of a venue that is not decoded";
}

TEST_F(Undecodable, InstructionsAreKeptWholeAndCostNothingElse) {
    auto const done = indexer({"backfill", "--from-slot", "300", "--to-slot", "301"});
    EXPECT_EQ(done.exit_code, 3) << done.err;
    EXPECT_EQ(table("select seq, path, substring(error from ': .*: (.*)'), encode(raw, 'hex') "
                    "from indexer.dead_letters order by seq, path"),
              "300\ttransactions[0].instructions[0]\tinner instructions were not recorded\t"
              "66063d1201daebeae803000000000000d007000000000000\n"
              "300\ttransactions[1].instructions[0]\tinner instructions were not recorded\t"
              "e517cb977ae3ad2a00000000f401000000000000ea01000000000000320000\n"
              "300\ttransactions[2].instructions[0]\tneither transfers nor a log of them\t"
              "090a000000000000000900000000000000\n"
              "301\ttransactions[3].instructions[0]\tends after 5 bytes\t031e000000\n");
    EXPECT_EQ(table("select count(*) from indexer.dead_letters join solana.transactions on "
                    "slot = seq and starts_with(error, signature || ': ')"),
              "4\n");
    EXPECT_EQ(table("select blocks, skipped from indexer.segments"), "2\t0\n");
    auto const certificate = indexer({"verify"}).out;
    EXPECT_NE(certificate.find("inner_instructions,logs of "), std::string::npos) << certificate;
    EXPECT_EQ(table("select slot, count(*) from solana.transactions group by 1 order by 1"),
              "300\t4\n301\t4\n");
    EXPECT_EQ(table("select slot, lamports from solana.sol_transfers order by 1"),
              "300\t777\n301\t9000\n");
}

}  // namespace
}  // namespace indexer::test
