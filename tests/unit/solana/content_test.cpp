#include "solana/content.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "solana/base58.hpp"
#include "solana/tables.hpp"

namespace indexer::solana {
namespace {

constexpr char const* kBonk = "DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB7YaB1pPB263";
constexpr char const* kUsdc = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";

TEST(Content, NamesItsTables) {
    EXPECT_EQ(name_of(content_of({})), "blocks,transactions,token_transfers,sol_transfers,swaps");
    EXPECT_EQ(name_of(content_of({.tables = {"swaps", "blocks"}})), "blocks,swaps");
    EXPECT_EQ(name_of(content_of({.include_votes = true, .rewards = true, .tables = {"blocks"}})),
              "blocks,votes,rewards");
}

TEST(Content, IsTheSameInWhateverOrderItIsAskedFor) {
    auto const one = content_of({.tables = {"swaps"}, .mints = {kBonk, kUsdc}});
    auto const other = content_of({.tables = {"swaps", "swaps"}, .mints = {kUsdc, kBonk, kUsdc}});
    EXPECT_EQ(name_of(one), "swaps;mint=" + std::string(kBonk) + "," + kUsdc);
    EXPECT_EQ(name_of(one), name_of(other));
}

TEST(Content, OfAnotherFilterIsAnother) {
    auto const of_mint = content_of({.tables = {"swaps"}, .mints = {kBonk}});
    auto const of_account = content_of({.tables = {"swaps"}, .accounts = {kBonk}});
    auto const of_program = content_of({.tables = {"swaps"}, .programs = {kBonk}});
    EXPECT_NE(name_of(of_mint), name_of(of_account));
    EXPECT_NE(name_of(of_mint), name_of(of_program));
    EXPECT_NE(name_of(of_account), name_of(of_program));
}

TEST(Content, IsRefusedWhenItMakesNoSense) {
    EXPECT_THROW(static_cast<void>(content_of({.tables = {"swap"}})), base::Error);
    EXPECT_THROW(static_cast<void>(content_of({.tables = {}})), base::Error);
    EXPECT_THROW(static_cast<void>(content_of({.mints = {"USDC"}})), base::Error);
    EXPECT_THROW(static_cast<void>(content_of({.accounts = std::vector<std::string>(51, kBonk)})),
                 base::Error);
}

TEST(Content, IsChosenByTheOptionsForItsName) {
    EXPECT_EQ(options_for(name_of(content_of({}))), "");
    EXPECT_EQ(options_for(name_of(content_of({.include_votes = true}))), " --include-votes");
    EXPECT_EQ(options_for(name_of(content_of({.rewards = true,
                                              .tables = {"blocks", "swaps"},
                                              .programs = {kBonk},
                                              .mints = {kBonk}}))),
              " --tables blocks,swaps --rewards --program " + std::string(kBonk) + " --mint " +
                  std::string(kBonk));
}

// A name longer than this could not be indexed.
TEST(Content, NameFitsAnIndex) {
    config::Solana config;
    base58::Bytes32 key;
    for (key.fill(0xFF); config.accounts.size() < 50; --key.back()) {
        config.accounts.push_back(base58::encode(key));
    }
    EXPECT_LT(name_of(content_of(config)).size(), 2'500U);
}

}  // namespace
}  // namespace indexer::solana
