#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "stellar/ledger_decoder.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/places.hpp"
#include "tests/support/rows_text.hpp"
#include "tests/support/shared_data.hpp"

// Bytes in, rows out: <ledger>_<what>.base64 is the LedgerCloseMeta of a ledger that the simulator
// made up, <ledger>_<what>.rows beside it what it decodes to. With INDEXER_UPDATE_GOLDEN=1 the
// .rows are written anew, to be read in a diff.
namespace indexer::test {
namespace {

std::filesystem::path const golden_folder = INDEXER_SOURCE_DIR "/tests/golden/stellar";

std::string rows_of(std::filesystem::path const& file) {
    std::string text;
    for (auto const& line : read_lines(file)) text += line;
    stellar::LedgerDecoder decoder("Test SDF Network ; September 2015", {});
    return block_text(decoder.decode(from_base64(text)));
}

class GoldenLedgers : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(GoldenLedgers, DecodeToTheirRows) {
    auto expected = GetParam();
    expected.replace_extension(".rows");
    auto const rows = rows_of(GetParam());
    if (std::getenv("INDEXER_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(expected, std::ios::binary) << rows;
    }
    EXPECT_EQ(rows, read_file(expected));
}

INSTANTIATE_TEST_SUITE_P(, GoldenLedgers,
                         ::testing::ValuesIn(files_ending(golden_folder, ".base64")),
                         [](auto const& test) { return "Of" + test.param.stem().string(); });

}  // namespace
}  // namespace indexer::test
