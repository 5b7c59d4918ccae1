#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "solana/block_decoder.hpp"
#include "tests/places.hpp"
#include "tests/support/rows_text.hpp"
#include "tests/support/shared_data.hpp"

// Bytes in, rows out: <slot>_<what>.json is a getBlock answer, <slot>_<what>.rows beside it what it
// decodes to. With INDEXER_UPDATE_GOLDEN=1 the .rows are written anew, to be read in a diff.
namespace indexer::solana {
namespace {

std::filesystem::path const golden_folder = INDEXER_SOURCE_DIR "/tests/golden/solana";

std::vector<std::filesystem::path> answers() {
    std::vector<std::filesystem::path> files;
    for (auto const& file : test::files_in(golden_folder, "")) {
        if (file.extension() == ".json") files.push_back(file);
    }
    return files;
}

std::string rows_of(std::filesystem::path const& file) {
    base::Seq const slot(std::stoull(file.filename().string()));
    BlockDecoder decoder({.votes = true, .rewards = true});
    return test::block_text(decoder.decode(test::read_file(file), slot));
}

class Golden : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(Golden, BlockDecodesToItsRows) {
    auto expected = GetParam();
    expected.replace_extension(".rows");
    auto const rows = rows_of(GetParam());
    if (std::getenv("INDEXER_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(expected, std::ios::binary) << rows;
    }
    EXPECT_EQ(rows, test::read_file(expected));
}

INSTANTIATE_TEST_SUITE_P(, Golden, ::testing::ValuesIn(answers()),
                         [](auto const& test) { return "Of" + test.param.stem().string(); });

}  // namespace
}  // namespace indexer::solana
