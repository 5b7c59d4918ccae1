#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/places.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

constexpr auto kCut = R"("data": "MQ57tB")";  // a transfer of tokens that ends after 5 bytes
constexpr auto kWhole = R"("data": "3DTZbgwsozUF")";
constexpr auto kBatch = R"("data": "SSpBjbLYUkYccURJ7CU6y2otZiLZCPEYQSgeb9Rt8bfUmZPu")";
constexpr auto kSyncNative = R"("data": "J")";

// A block of which one instruction cannot be decoded as the first endpoint serves it.
class DeadLetters : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        write("first", {});
        start_node({"--recorded", place("first")});
        migrate();
        ASSERT_EQ(backfill().exit_code, 3);
        ASSERT_EQ(table("select path, endpoint <> '', attempts from indexer.dead_letters"),
                  "transactions[3].instructions[0]\tt\t1\n");
    }

    struct Change {
        std::string from;
        std::string to;
    };
    void write(std::string const& name, std::vector<Change> const& changes) const {
        std::ifstream file(std::string(INDEXER_SOURCE_DIR) +
                           "/tests/golden/solana/301_tokens.json");
        std::stringstream content;
        content << file.rdbuf();
        auto text = content.str();
        for (Change const& change : changes) {
            text.replace(text.find(change.from), change.from.size(), change.to);
        }
        std::filesystem::create_directories(place(name));
        std::ofstream(place(name) + "/block_301.json") << text;
    }
    [[nodiscard]] std::string place(std::string const& name) const {
        return (folder_.path() / name).string();
    }

    Finished backfill() {
        return indexer({"backfill", "--from-slot", "301", "--to-slot", "301", "--quiet"});
    }
    // With another endpoint beside the first one.
    Finished repair(Simulator const& other, std::vector<std::string> more = {"--now"}) {
        more.insert(more.begin(),
                    {"repair", "--quiet", "--rpc-url", node_->url(), "--rpc-url", other.url()});
        return indexer(more);
    }
    [[nodiscard]] std::string rows() const {
        return table(
            "select md5(string_agg(t::text, ',' order by t::text)) "
            "from solana.token_transfers t");
    }

  private:
    TempFolder folder_;
};

TEST_F(DeadLetters, AreMissingWhoeverIsAsked) {
    auto const command = std::string("indexer dead-letters retry --from-slot 301 --to-slot 301\n");
    for (auto const& question : std::vector<std::vector<std::string>>{
             {"verify"}, {"verify", "--deep"}, {"gaps"}, {"repair", "--quiet"}, {"status"}}) {
        auto const answer = indexer(question);
        EXPECT_EQ(answer.exit_code, 3) << question[0] << answer.out << answer.err;
        if (question[0] == "status") continue;
        EXPECT_NE(answer.out.find("dead letters: 1, whose rows are missing"), std::string::npos)
            << question[0] << answer.out;
        EXPECT_NE(answer.out.find(command), std::string::npos) << question[0] << answer.out;
    }
    EXPECT_EQ(backfill().exit_code, 3);
    EXPECT_EQ(indexer({"poll", "--from-slot", "301", "--until-caught-up", "--quiet"}).exit_code, 3);
    auto const proof = indexer({"verify", "--deep"});
    EXPECT_NE(proof.out.find("301: not proven\n"), std::string::npos) << proof.out;
    EXPECT_NE(proof.out.find("\ndead letter 301: transactions[3].instructions[0]: "),
              std::string::npos)
        << proof.out;
    auto const gaps = indexer({"gaps", "--output", "json"});
    EXPECT_NE(gaps.out.find(R"("seq":301,"path":"transactions[3].instructions[0]")"),
              std::string::npos)
        << gaps.out;
    EXPECT_NE(indexer({"status"}).out.find("1, whose rows are missing (indexer gaps"),
              std::string::npos);
}

TEST_F(DeadLetters, OfAnotherContentAreNamedWithItsOptions) {
    run_sql("truncate indexer.dead_letters, indexer.segments, indexer.blocks");
    ASSERT_EQ(indexer({"backfill", "--from-slot", "301", "--to-slot", "301", "--quiet", "--tables",
                       "transactions,token_transfers", "--include-votes", "--account",
                       "BHbn1ztvvQJNRdp4w64FnguL7UNSxS6RtLfJkyzZCRAa"})
                  .exit_code,
              3);
    auto const gaps = indexer({"gaps"});
    EXPECT_NE(gaps.out.find("--from-slot 301 --to-slot 301 --tables transactions,token_transfers "
                            "--include-votes --account "
                            "BHbn1ztvvQJNRdp4w64FnguL7UNSxS6RtLfJkyzZCRAa\n"),
              std::string::npos)
        << gaps.out;
}

TEST_F(DeadLetters, ComeInByRepairFromAnotherEndpoint) {
    write("second", {{kCut, kWhole}});
    Simulator const other({"--recorded", place("second")});
    EXPECT_EQ(repair(other, {"--hole-backoff", "1h"}).exit_code, 3);  // it is not due yet
    EXPECT_EQ(other.calls("getBlock"), 1U);                           // to know the chain again
    auto const before = table("select count(*) from solana.token_transfers");
    auto const done = repair(other);
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table("select count(*) from indexer.dead_letters"), "0\n");
    EXPECT_EQ(table("select count(*) - 1 from solana.token_transfers"), before);
    auto const proof = indexer({"verify", "--deep"});
    EXPECT_EQ(proof.exit_code, 0) << proof.out;
}

TEST_F(DeadLetters, AreNotTradedForRowsThatAreStored) {
    write("second", {{kCut, kWhole}, {kBatch, kSyncNative}});
    Simulator const other({"--recorded", place("second")});
    auto const before = rows();
    EXPECT_EQ(repair(other).exit_code, 3);
    EXPECT_EQ(rows(), before);
    EXPECT_EQ(table("select attempts from indexer.dead_letters"), "2\n");
}

TEST_F(DeadLetters, AreTriedLessAndLessOften) {
    run_sql("update indexer.dead_letters set attempts = 4, last_tried_at = now() - interval '70m'");
    auto const calls = node_->calls("getBlock");
    EXPECT_EQ(indexer({"repair", "--quiet", "--hole-backoff", "10m", "--max-hole-backoff", "9h"})
                  .exit_code,
              3);
    EXPECT_EQ(node_->calls("getBlock"), calls + 1);  // to know the chain again
    EXPECT_EQ(indexer({"repair", "--quiet", "--hole-backoff", "8m", "--max-hole-backoff", "9h"})
                  .exit_code,
              3);
    EXPECT_GT(node_->calls("getBlock"), calls + 2);
    EXPECT_EQ(table("select attempts from indexer.dead_letters"), "5\n");
}

}  // namespace
}  // namespace indexer::test
