#include <fstream>
#include <memory>

#include <gtest/gtest.h>

#include "tests/places.hpp"
#include "tests/support/shared_data.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/world/world.hpp"

// Nodes that serve a block in which a part of a transaction is missing: as if nothing had happened
// in it. Whatever else they serve, none of it is called complete.
namespace indexer::test {
namespace {

struct Lack {
    char const* name;
    std::string from;
    std::string to;
};

std::ostream& operator<<(std::ostream& out, Lack const& lack) {
    return out << lack.name;
}

void replace_first(std::string& text, std::string const& from, std::string const& to) {
    auto const at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
}

class LackingAnswer : public World, public ::testing::WithParamInterface<Lack> {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        migrate();
        auto text = read_file(INDEXER_SOURCE_DIR "/tests/golden/solana/1004_simulated.json");
        replace_first(text, "1584369341", "1784369341");  // nodes leave nothing out any more
        sound_ = serve(text);
        replace_first(text, GetParam().from, GetParam().to);
        lacking_ = serve(text);
    }

    Finished backfill(std::vector<std::string> const& urls, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"backfill", "--from-slot", "1004", "--to-slot",
                                           "1004",     "--backoff",   "20ms", "--max-backoff",
                                           "50ms",     "--quiet"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        for (auto const& url : urls) arguments.insert(arguments.end(), {"--rpc-url", url});
        return indexer(arguments);
    }

    // Every row but the time it was written, which is not among them.
    std::string rows() {
        std::string text;
        for (auto const* name : {"blocks", "transactions", "token_transfers", "sol_transfers"}) {
            text += table("select t::text from solana." + std::string(name) + " t order by 1");
        }
        return text;
    }

    std::unique_ptr<Simulator> sound_;
    std::unique_ptr<Simulator> lacking_;

  private:
    std::unique_ptr<Simulator> serve(std::string const& block) {
        auto const& folder = folders_.emplace_back(std::make_unique<TempFolder>());
        std::ofstream(folder->path() / "block_1004.json", std::ios::binary) << block;
        return std::make_unique<Simulator>(
            std::vector<std::string>{"--recorded", folder->path().string()});
    }

    std::vector<std::unique_ptr<TempFolder>> folders_;
};

TEST_P(LackingAnswer, IsADeadLetterWhereNobodyKnowsBetter) {
    auto const run = backfill({lacking_->url()});
    EXPECT_EQ(run.exit_code, 3) << run.out << run.err;
    EXPECT_EQ(table("select count(*), min(path) from indexer.dead_letters"),
              "1\ttransactions[0]\n");
    EXPECT_EQ(table("select count(*) from solana.transactions where transaction_index = 0"), "0\n");
    EXPECT_EQ(table("select count(*) from solana.transactions"), "2\n");
    EXPECT_EQ(table("select count(*) from solana.token_transfers where transaction_index = 0"),
              "0\n");
}

TEST_P(LackingAnswer, IsAskedOfAnother) {
    ASSERT_EQ(backfill({sound_->url()}).exit_code, 0);
    auto const expected = rows();
    run_sql(
        "truncate solana.blocks, solana.transactions, solana.token_transfers, "
        "solana.sol_transfers, solana.swaps, indexer.segments, indexer.blocks cascade");
    auto const run = backfill({lacking_->url(), sound_->url()});
    EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
    EXPECT_EQ(rows(), expected);
    EXPECT_EQ(table("select count(*) from indexer.dead_letters"), "0\n");
}

TEST_P(LackingAnswer, IsMendedByARetryOnceSomebodyKnowsBetter) {
    ASSERT_EQ(backfill({lacking_->url()}).exit_code, 3);
    auto const retried = indexer({"dead-letters", "retry", "--rpc-url", sound_->url(), "--quiet"});
    EXPECT_EQ(retried.exit_code, 0) << retried.out << retried.err;
    EXPECT_EQ(table("select count(*) from solana.transactions"), "3\n");
    auto const verified = indexer({"verify", "--deep"});
    EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
}

INSTANTIATE_TEST_SUITE_P(All, LackingAnswer,
                         ::testing::Values(Lack{"Meta", R"("meta":)", R"("none":)"},
                                           Lack{"TokenBalances", R"("preTokenBalances":)",
                                                R"("none":)"},
                                           Lack{"Fee", R"("fee":)", R"("none":)"},
                                           Lack{"Error", R"("err":)", R"("none":)"},
                                           Lack{"Balances", R"("postBalances":)", R"("none":)"}),
                         [](auto const& lack) { return lack.param.name; });

}  // namespace
}  // namespace indexer::test
