#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/places.hpp"
#include "tests/world/process.hpp"

namespace indexer::test {
namespace {

std::string read(std::string const& path) {
    std::ifstream file(std::string(INDEXER_SOURCE_DIR) + "/" + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Help, ManPageSaysWhatTheProgramDoes) {
    auto const commands = run_program({INDEXER_PROGRAM, "--man-commands"});
    EXPECT_EQ(commands.exit_code, 0);
    EXPECT_NE(read("man/indexer.1").find(commands.out), std::string::npos)
        << "run scripts/man after changing an option";
}

TEST(Help, ManPageOfMetricsSaysWhatTheTableDoes) {
    auto const metrics = run_program({INDEXER_PROGRAM, "--man-metrics"});
    EXPECT_EQ(metrics.exit_code, 0);
    EXPECT_NE(metrics.out.find("indexer_lag_seqs"), std::string::npos);
    EXPECT_NE(read("man/indexer-metrics.7").find(metrics.out), std::string::npos)
        << "run scripts/man after changing a metric";
}

TEST(Help, EveryCommandExplainsItselfByPurpose) {
    auto const overview = run_program({INDEXER_PROGRAM, "--help"});
    EXPECT_EQ(overview.exit_code, 0);
    for (auto const* const command : {"backfill", "status", "migrate", "db"}) {
        EXPECT_NE(overview.out.find(command), std::string::npos);
        EXPECT_EQ(run_program({INDEXER_PROGRAM, command, "--help"}).exit_code, 0);
    }
    auto const backfill = run_program({INDEXER_PROGRAM, "backfill", "--help"}).out;
    for (auto const* const part :
         {"Range:", "Endpoints:", "Solana:", "Pipeline:", "Database:", "Output:", "--config FILE",
          "[default: 10]", "[env: INDEXER_RPC_URL]"}) {
        EXPECT_NE(backfill.find(part), std::string::npos) << part << "\n" << backfill;
    }
}

TEST(Help, TellsItsVersion) {
    auto const version = run_program({INDEXER_PROGRAM, "--version"});
    EXPECT_EQ(version.exit_code, 0);
    EXPECT_EQ(version.out.find("indexer "), 0U);
}

}  // namespace
}  // namespace indexer::test
