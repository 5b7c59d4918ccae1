#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/world/world.hpp"

// Nodes that tell untruths about which blocks there are. Whatever a node says, verify proves a
// range only when all of its true blocks are stored; an honest node and repair make it proven.
namespace indexer::test {
namespace {

struct Lie {
    char const* name;
    std::vector<std::string> rules;
    bool seen_through = false;  // the run has every block all the same
    char const* chain = "solana";
    std::vector<std::string> node{};  // more of its options
};

std::ostream& operator<<(std::ostream& out, Lie const& lie) {
    return out << lie.name;
}

class LyingNodes : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }

    void start(Lie const& lie, std::vector<std::string> const& rules) {
        std::vector<std::string> arguments{"--chain", lie.chain, "--first-slot",   "1000",
                                           "--slots", "230",     "--transactions", "8",
                                           "--seed",  "7"};
        arguments.insert(arguments.end(), lie.node.begin(), lie.node.end());
        for (std::string const& rule : rules) arguments.insert(arguments.end(), {"--fault", rule});
        start_node(arguments);
    }

    Finished run(std::string const& command, Lie const& lie, std::vector<std::string> more = {},
                 std::string const& last = "1199") {
        auto const* const position = lie.chain == std::string("solana") ? "slot" : "ledger";
        more.insert(more.begin(), {command, fmt::format("--from-{}", position), "1000",
                                   fmt::format("--to-{}", position), last});
        return indexer(more);
    }

    Finished backfill(Lie const& lie, std::string const& last = "1199") {
        return run("backfill", lie,
                   {"--backoff", "20ms", "--max-backoff", "100ms", "--max-attempts", "2",
                    "--concurrency", "4", "--page-ledgers", "7", "--quiet"},
                   last);
    }

    // Every row of every table of the chain, but what blocks behind the range left.
    std::string rows(Lie const& lie) {
        std::string text;
        bool const solana = lie.chain == std::string("solana");
        for (auto const* const name :
             solana ? std::vector{"blocks", "transactions", "token_transfers", "swaps"}
                    : std::vector{"ledgers", "transactions", "operations", "events"}) {
            text += table(fmt::format(
                "select count(*), md5(string_agg(t::text, ',' order by t::text)) from {}.{} t "
                "where {} between 1000 and 1199",
                lie.chain, name, solana ? "slot" : "ledger"));
        }
        return text;
    }

    // What an honest node leads to; leaves the database empty again.
    std::string honest_rows(Lie const& lie) {
        start(lie, {});
        EXPECT_EQ(backfill(lie).exit_code, 0);
        EXPECT_EQ(run("verify", lie, {"--deep"}).exit_code, 0);
        auto expected = rows(lie);
        run_sql(
            "do $$ declare t text; begin for t in select format('%I.%I', schemaname, tablename) "
            "from pg_tables where schemaname in ('solana', 'stellar', 'indexer') "
            "and tablename <> 'migrations' loop execute 'truncate ' || t || ' cascade'; "
            "end loop; end $$");
        return expected;
    }

    void expect_repaired(Lie const& lie, std::string const& expected) {
        start(lie, {});
        auto const repaired = run("repair", lie, {"--now", "--quiet"});
        EXPECT_EQ(repaired.exit_code, 0) << repaired.out << repaired.err;
        EXPECT_EQ(rows(lie), expected);
        auto const proven = run("verify", lie, {"--deep"});
        EXPECT_EQ(proven.exit_code, 0) << proven.out << proven.err;
        EXPECT_EQ(table("select count(*) from indexer.segments"), "1\n");
        EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n");
    }
};

class LyingNode : public LyingNodes, public ::testing::WithParamInterface<Lie> {};

TEST_P(LyingNode, LeadsToNoCertificateUntilAnHonestOneRepairs) {
    auto const expected = honest_rows(GetParam());
    start(GetParam(), GetParam().rules);
    auto const copied = backfill(GetParam());
    auto const verified = run("verify", GetParam());
    if (GetParam().seen_through) {
        EXPECT_EQ(copied.exit_code, 0) << copied.out << copied.err;
        EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
        EXPECT_EQ(rows(GetParam()), expected);
        return;
    }
    EXPECT_EQ(copied.exit_code, 3) << copied.out << copied.err;
    EXPECT_EQ(verified.exit_code, 3) << verified.out << verified.err;
    EXPECT_NE(verified.out.find("1199: not proven\n"), std::string::npos) << verified.out;
    EXPECT_NE(rows(GetParam()), expected);
    expect_repaired(GetParam(), expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, LyingNode,
    ::testing::Values(
        Lie{"SaysSkipped", {"skip-lie:slots=1040-1060"}},
        Lie{"SaysSkippedAtTheFirst", {"skip-lie:slots=1000-1003"}},
        Lie{"SaysNull", {"null-block:slots=1040-1060"}},
        Lie{"OmitsSlots", {"omit:slots=1040-1060"}, true},
        Lie{"OmitsSlotsAndSaysSkipped", {"omit:slots=1040-1060", "skip-lie:slots=1040-1060"}},
        Lie{"ServesAnotherFork", {"bad-link:slots=1050-1060"}},
        Lie{"ServesAnotherForkUpToTheTip", {"bad-link:slots=1100-1229"}},
        Lie{"OmitsTheLastBlocks", {"omit:slots=1190-1229"}, true},
        Lie{"ForgetsTheLastBlocks", {"omit:slots=1190-1229", "skip-lie:slots=1190-1229"}},
        Lie{"ForgetsTheLastBlocksBeforeTheTip",
            {"omit:slots=1190-1199", "skip-lie:slots=1190-1199"},
            false,
            "solana",
            {"--tip", "1199"}},
        Lie{"OmitsLedgers", {"omit:slots=1040-1045"}, false, "stellar"},
        Lie{"ServesAnotherForkOfLedgers", {"bad-link:slots=1050-1062"}, false, "stellar"},
        Lie{"ForgetsTheLastLedgers", {"omit:slots=1195-1229"}, false, "stellar"}),
    [](auto const& lie) { return lie.param.name; });

// A whole fork links in itself, and what a database holds cannot refute it. An honest node does, of
// which then nothing is mixed with it, and so does an audit.
TEST_F(LyingNodes, AForkThatLinksIsRefutedByAnHonestNode) {
    Lie const lie{.name = "fork", .rules = {"bad-link:slots=1000-1229"}};
    start(lie, lie.rules);
    ASSERT_EQ(backfill(lie, "1149").exit_code, 0);
    start(lie, {});
    EXPECT_EQ(run("audit", lie, {"--against", node_->url(), "--sample", "10%"}, "1149").exit_code,
              3);
    auto const stored = rows(lie);
    EXPECT_EQ(backfill(lie).exit_code, 7);
    EXPECT_EQ(run("repair", lie, {"--now"}).exit_code, 7);
    EXPECT_EQ(rows(lie), stored);
}

}  // namespace
}  // namespace indexer::test
