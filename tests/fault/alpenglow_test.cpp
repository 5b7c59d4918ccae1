#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/solana_blocks.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/world/world.hpp"

// Blocks of forms that only some nodes serve, and only since Solana runs Alpenglow.
namespace indexer::test {
namespace {

constexpr std::uint64_t kLastOfTower = 459'652'999;

// What a node serves, block by block.
class Recording {
  public:
    // Each block names the one recorded before it as its parent.
    void add(std::uint64_t slot, std::vector<std::string> const& transactions) {
        put(slot, block_result(slot, before_ == 0 ? slot - 1 : before_, transactions));
        before_ = slot;
    }
    void put(std::uint64_t slot, std::string const& result) {
        auto const file = folder_.path() / fmt::format("block_{}.json", slot);
        std::ofstream(file) << R"({"jsonrpc":"2.0","id":1,"result":)" << result << "}";
    }
    [[nodiscard]] std::string folder() const { return folder_.path(); }

  private:
    TempFolder folder_;
    std::uint64_t before_ = 0;
};

std::string with(std::string text, std::string const& from, std::string_view to) {
    return text.replace(text.find(from), from.size(), to);
}

class Alpenglow : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }

    // Ten blocks from `first` on, each of one transfer.
    static void record_ten(Recording& recording, std::uint64_t first) {
        for (auto slot = first; slot < first + 10; ++slot) {
            recording.add(slot, {transfer(std::to_string(slot))});
        }
    }
    void serve(Recording const& recording) {
        nodes_.push_back(std::make_unique<Simulator>(
            std::vector<std::string>{"--recorded", recording.folder()}));
    }
    Finished run(std::vector<std::string> arguments, std::uint64_t first, std::uint64_t last) {
        for (auto const& node : nodes_) {
            arguments.insert(arguments.end(), {"--rpc-url", node->url()});
        }
        arguments.insert(arguments.end(), {"--from-slot", std::to_string(first), "--to-slot",
                                           std::to_string(last), "--backoff", "10ms"});
        return indexer(std::move(arguments));
    }
    void expect_proven() {
        EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n");
        EXPECT_EQ(table("select count(*) from indexer.dead_letters"), "0\n");
        EXPECT_EQ(table("select count(*) from indexer.segments"), "1\n");
        auto const proven = indexer({"verify", "--deep"});
        EXPECT_EQ(proven.exit_code, 0) << proven.out << proven.err;
    }

    std::vector<std::unique_ptr<Simulator>> nodes_;
};

TEST_F(Alpenglow, AHashThatANodeDoesNotKnowLeavesAHoleUntilAnotherTellsIt) {
    Recording knows;
    record_ten(knows, 1'000);
    Recording forgot;
    record_ten(forgot, 1'000);
    forgot.put(1'005, with(block_result(1'005, 1'004, {transfer("1005")}), blockhash_of(1'004),
                           "11111111111111111111111111111111"));
    serve(forgot);
    auto const alone = run({"backfill"}, 1'000, 1'009);
    EXPECT_EQ(alone.exit_code, 3) << alone.out << alone.err;
    EXPECT_EQ(table("select seq, reason, error from indexer.holes"),
              "1005\tunavailable\tsolana: slot 1005: the endpoint does not know the hash of its "
              "parent 1004, which it writes as 11111111111111111111111111111111\n");
    EXPECT_EQ(table("select count(*) from indexer.dead_letters"), "0\n");
    EXPECT_EQ(table("select count(*) from solana.blocks where slot = 1005"), "0\n");
    EXPECT_EQ(indexer({"verify"}).exit_code, 3);

    serve(knows);
    auto const repaired = run({"repair", "--now"}, 1'000, 1'009);
    EXPECT_EQ(repaired.exit_code, 0) << repaired.out << repaired.err;
    expect_proven();
}

TEST_F(Alpenglow, AHashThatANodeDoesNotKnowIsAskedOfTheOthers) {
    Recording knows;
    record_ten(knows, 1'000);
    Recording forgot;
    record_ten(forgot, 1'000);
    for (std::uint64_t slot = 1'000; slot < 1'010; ++slot) {
        auto const result = block_result(slot, slot - 1, {transfer(std::to_string(slot))});
        forgot.put(slot, with(result, blockhash_of(slot - 1), "11111111111111111111111111111111"));
    }
    serve(forgot);
    serve(knows);
    auto const done = run({"backfill"}, 1'000, 1'009);
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(done.out.find("quarantined"), std::string::npos) << done.out;
    expect_proven();
}

TEST_F(Alpenglow, ASignatureThatIsThereTwiceIsNeverStoredTwice) {
    Recording right;
    record_ten(right, 1'000);
    Recording twice;
    record_ten(twice, 1'000);
    twice.put(1'004, block_result(1'004, 1'003, {transfer("1004"), transfer("1004")}));
    serve(twice);
    auto const alone = run({"backfill"}, 1'000, 1'009);
    EXPECT_EQ(alone.exit_code, 3) << alone.out << alone.err;
    EXPECT_EQ(table("select seq, path, error from indexer.dead_letters"),
              "1004\t\tsolana: slot 1004: transactions[1] has the signature of transactions[0]\n");
    EXPECT_EQ(table("select seq, reason from indexer.holes"), "1004\tundecodable\n");
    EXPECT_EQ(table("select count(*) from solana.transactions"), "9\n");

    serve(right);
    auto const repaired = run({"repair", "--now"}, 1'000, 1'009);
    EXPECT_EQ(repaired.exit_code, 0) << repaired.out << repaired.err;
    EXPECT_EQ(table("select count(*) from solana.transactions"), "10\n");
    expect_proven();
}

TEST_F(Alpenglow, WhatALeaderMadeVoidIsNoPartOfItsBlock) {
    constexpr auto kFirst = kLastOfTower + 1;
    Recording recording;
    recording.add(kFirst, {transfer("a"), without_meta(transfer("b")), transfer("a"), transfer("b"),
                           transfer("c")});
    recording.add(kFirst + 1, {transfer("d")});
    serve(recording);
    auto const done = run({"backfill"}, kFirst, kFirst + 1);
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table("select slot, transaction_count from solana.blocks order by slot"),
              "459653000\t3\n459653001\t1\n");
    EXPECT_EQ(table("select string_agg(transaction_index::text, ',' order by transaction_index) "
                    "from solana.transactions where slot = 459653000"),
              "0,1,2\n");
    EXPECT_EQ(table("select count(distinct signature) from solana.transactions"), "4\n");
    expect_proven();
}

TEST_F(Alpenglow, ManySkippedSlotsAreProvenByTheBlockBehindThem) {
    Recording recording;
    record_ten(recording, kLastOfTower - 9);
    record_ten(recording, kLastOfTower + 13'001);
    serve(recording);
    auto const done = run({"backfill"}, kLastOfTower - 9, kLastOfTower + 13'010);
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table("select blocks, skipped from indexer.segments"), "20\t13000\n");
    expect_proven();
    auto const within = run({"backfill"}, kLastOfTower - 9, kLastOfTower + 6'000);
    EXPECT_EQ(within.exit_code, 0) << within.out << within.err;
}

TEST_F(Alpenglow, ManySkippedSlotsBehindARangeAreNoEndOfIt) {
    Recording recording;
    record_ten(recording, kLastOfTower - 9);
    record_ten(recording, kLastOfTower + 13'001);
    serve(recording);
    auto const done = run({"backfill"}, kLastOfTower - 9, kLastOfTower + 6'000);
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table("select blocks, skipped from indexer.segments"), "10\t6000\n");
    expect_proven();
}

TEST_F(Alpenglow, PollFollowsOverManySkippedSlots) {
    Recording recording;
    record_ten(recording, kLastOfTower - 9);
    record_ten(recording, kLastOfTower + 13'001);
    serve(recording);
    auto const done = indexer({"poll", "--from-slot", std::to_string(kLastOfTower - 9),
                               "--until-caught-up", "--rpc-url", nodes_.front()->url()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table("select blocks, skipped from indexer.segments"), "20\t13000\n");
    expect_proven();
}

// Until Alpenglow began, blocks of nothing but votes were made behind the last one of TowerBFT.
class DeletedBlocks : public Alpenglow {
  protected:
    void SetUp() override {
        Alpenglow::SetUp();
        if (IsSkipped()) return;
        record_ten(then_, kLastOfTower - 9);
        for (auto slot = kLastOfTower + 1; slot <= kLast; ++slot) {
            auto const name = std::to_string(slot);
            then_.add(slot, slot % 3 == 0 ? std::vector<std::string>{}
                                          : std::vector{vote(name), vote("another " + name)});
        }
        serve(then_);
        ASSERT_EQ(run({"backfill", "--include-votes"}, kFirst, kLast).exit_code, 0);
        nodes_.clear();
        // As the chain goes on.
        record_ten(now_, kFirst);
        record_ten(now_, kLast + 5'001);
        serve(now_);
    }

    Finished all(std::string const& command, std::vector<std::string> more = {}) {
        more.insert(more.begin(), {command, "--include-votes"});
        return run(std::move(more), kFirst, kLast + 5'010);
    }

    static constexpr auto kFirst = kLastOfTower - 9;
    static constexpr auto kLast = kLastOfTower + 30;
    Recording then_;
    Recording now_;
};

TEST_F(DeletedBlocks, AreNamedByAVerification) {
    auto const verified = indexer({"verify"});
    EXPECT_EQ(verified.exit_code, 3) << verified.out;
    EXPECT_NE(verified.out.find("solana.blocks 459653000: 30 blocks up to 459653029 hold nothing "
                                "but votes, and no block goes on from them"),
              std::string::npos)
        << verified.out;
    EXPECT_EQ(indexer({"verify", "--to-slot", std::to_string(kLastOfTower)}).exit_code, 0);
}

TEST_F(DeletedBlocks, AreReplacedByARepair) {
    auto const repaired = all("repair", {"--now"});
    EXPECT_EQ(repaired.exit_code, 0) << repaired.out << repaired.err;
    EXPECT_NE(repaired.err.find("the chain goes on from 459652999 without 459653000-459653029"),
              std::string::npos)
        << repaired.err;
    EXPECT_EQ(table("select count(*), sum(vote_count) from solana.blocks"), "20\t0\n");
    EXPECT_EQ(table("select count(*) from solana.transactions where is_vote"), "0\n");
    EXPECT_EQ(table("select blocks, skipped from indexer.segments"), "20\t5030\n");
    expect_proven();
    auto const again = all("repair", {"--now"});
    EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
}

TEST_F(DeletedBlocks, StayWhileNoEndpointShowsAChainWithoutThem) {
    nodes_.clear();
    serve(then_);
    auto const stored = table("select count(*) from solana.blocks");
    auto const in_vain = run({"repair", "--now", "--include-votes"}, kFirst, kLast);
    EXPECT_EQ(in_vain.exit_code, 0) << in_vain.out << in_vain.err;
    EXPECT_NE(in_vain.err.find("they are left as they are"), std::string::npos) << in_vain.err;
    EXPECT_EQ(table("select count(*) from solana.blocks"), stored);
    EXPECT_EQ(indexer({"verify"}).exit_code, 3);
}

TEST_F(Alpenglow, VotesOfBlocksThatOthersGoOnFromAreNoSignOfDeletion) {
    Recording recording;
    record_ten(recording, kLastOfTower - 9);
    recording.add(kLastOfTower + 1, {vote("a")});
    recording.add(kLastOfTower + 2, {transfer("b")});
    serve(recording);
    auto const done = run({"backfill"}, kLastOfTower - 9, kLastOfTower + 2);
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    expect_proven();
}

TEST_F(Alpenglow, BlocksOfItAreCopiedWhole) {
    constexpr auto kFirst = kLastOfTower + 1;
    Recording recording;
    recording.add(kFirst, {transfer("a", 9), unpaid("b")});
    recording.add(kFirst + 1, {transfer("c", 1, 93), transfer("d", 2, 60)});
    recording.add(kFirst + 2, {});
    serve(recording);
    auto const done = run({"backfill"}, kFirst, kFirst + 2);
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table("select fee, success, account_count, inner_instruction_count "
                    "from solana.transactions order by slot, transaction_index"),
              "5000\tt\t4\t8\n0\tf\t3\t0\n5000\tt\t96\t0\n5000\tt\t64\t1\n");
    EXPECT_EQ(table("select count(*), sum(lamports) from solana.sol_transfers"), "3\t3000\n");
    expect_proven();
}

}  // namespace
}  // namespace indexer::test
