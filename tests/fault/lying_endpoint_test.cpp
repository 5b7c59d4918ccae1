#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/world/world.hpp"

// Several endpoints, one of which serves another chain than the others.
namespace indexer::test {
namespace {

struct Setting {
    char const* chain;
    char const* position;
    char const* rows;
};

std::ostream& operator<<(std::ostream& out, Setting const& setting) {
    return out << setting.chain;
}

constexpr Setting kSolana{
    "solana", "slot",
    "select count(*), md5(string_agg(t::text, ',' order by slot, transaction_index)) "
    "from solana.transactions t where slot between 1000 and 1199 union all "
    "select count(*), md5(string_agg(b::text, ',' order by slot)) "
    "from solana.blocks b where slot between 1000 and 1199"};
constexpr Setting kStellar{"stellar", "ledger",
                           "select count(*), md5(string_agg(l::text, ',' order by ledger)) "
                           "from stellar.ledgers l where ledger between 1000 and 1199"};

class LyingEndpoint : public World, public ::testing::WithParamInterface<Setting> {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }

    std::string add_node(std::vector<std::string> const& faults = {}) {
        std::vector<std::string> arguments{"--chain",        GetParam().chain,
                                           "--first-slot",   "1000",
                                           "--slots",        "230",
                                           "--transactions", "8",
                                           "--seed",         "7",
                                           "--latency",      "4ms"};
        for (auto const& rule : faults) arguments.insert(arguments.end(), {"--fault", rule});
        nodes_.push_back(std::make_unique<Simulator>(arguments));
        return nodes_.back()->url();
    }

    Finished run(std::string const& command, std::vector<std::string> const& more = {},
                 std::string const& last = "1199") {
        std::vector<std::string> arguments{command, fmt::format("--from-{}", GetParam().position),
                                           "1000", fmt::format("--to-{}", GetParam().position),
                                           last};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return indexer(arguments);
    }
    Finished backfill(std::vector<std::string> const& more = {}, std::string const& last = "1199") {
        std::vector<std::string> options{"--concurrency", "6",    "--page-ledgers", "3",
                                         "--backoff",     "20ms", "--max-backoff",  "100ms"};
        for (auto const& node : nodes_) options.insert(options.end(), {"--rpc-url", node->url()});
        options.insert(options.end(), more.begin(), more.end());
        return run("backfill", options, last);
    }

    std::string rows() const { return table(GetParam().rows); }

    // What an honest endpoint leads to; leaves the database empty again.
    std::string honest_rows() {
        add_node();
        EXPECT_EQ(backfill().exit_code, 0);
        nodes_.clear();
        auto expected = rows();
        database_.reset();
        database_.emplace();
        migrate();
        return expected;
    }

    void expect_proven(std::string const& expected) {
        EXPECT_EQ(rows(), expected);
        EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n");
        EXPECT_EQ(table("select count(*) from indexer.segments"), "1\n");
        auto const proven = run("verify", {"--deep"});
        EXPECT_EQ(proven.exit_code, 0) << proven.out << proven.err;
    }

    std::vector<std::unique_ptr<Simulator>> nodes_;
};

TEST_P(LyingEndpoint, IsQuarantinedWhileTwoOthersCompleteTheRun) {
    auto const expected = honest_rows();
    add_node();
    add_node();
    auto const liar = add_node({"bad-link"});
    auto const metrics = fmt::format("/tmp/{}.prom", database_->name());
    auto const done = backfill({"--output", "json", "--metrics-file", metrics});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_NE(done.err.find(liar + ": quarantined: its block 1"), std::string::npos) << done.err;
    EXPECT_NE(done.out.find(fmt::format(R"("quarantined":[{{"endpoint":"{}","reason":)", liar)),
              std::string::npos)
        << done.out;
    expect_proven(expected);
    std::ifstream file(metrics);
    std::string const text(std::istreambuf_iterator<char>(file), {});
    EXPECT_NE(text.find(fmt::format("indexer_quarantines_total{{chain=\"{}\",command="
                                    "\"backfill\",endpoint=\"{}\"}} 1",
                                    GetParam().chain, liar)),
              std::string::npos)
        << text;
    std::filesystem::remove(metrics);
}

// One says so, the other says otherwise: whom to believe? Nothing false is called proven.
TEST_P(LyingEndpoint, CannotBeToldFromTheOnlyOtherOne) {
    // Each takes so long that no other difference decides which one is asked: both are.
    add_node({"slow:ms=100"});
    add_node({"slow:ms=100", "bad-link"});
    auto const done = backfill({"--output", "json"});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find(R"("quarantined":[])"), std::string::npos) << done.out;
    EXPECT_EQ(run("verify").exit_code, 3);
}

// Unless the history before it is stored.
TEST_P(LyingEndpoint, IsToldFromTheOnlyOtherOneByWhatIsStored) {
    auto const expected = honest_rows();
    add_node({"slow:ms=100"});  // so that the other one is asked, too
    ASSERT_EQ(backfill({}, "1150").exit_code, 0);
    auto const liar = add_node({"bad-link"});
    auto const done = backfill();
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_NE(done.out.find("quarantined: " + liar), std::string::npos) << done.out;
    expect_proven(expected);
}

TEST_P(LyingEndpoint, AloneLeadsToHolesAndNotToAProof) {
    add_node({"bad-link:slots=1050-1060"});
    auto const done = backfill();
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("missing: "), std::string::npos) << done.out;
    EXPECT_EQ(run("verify").exit_code, 3);
}

INSTANTIATE_TEST_SUITE_P(All, LyingEndpoint, ::testing::Values(kSolana, kStellar),
                         [](auto const& setting) { return std::string(setting.param.chain); });

}  // namespace
}  // namespace indexer::test
