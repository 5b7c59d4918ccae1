#include <gtest/gtest.h>

#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

constexpr auto kEveryRow =
    "select count(*), md5(string_agg(t::text, ',' order by slot, transaction_index)) "
    "from solana.transactions t where slot between 1000 and 1099";
constexpr auto kEveryBlock =
    "select count(*), md5(string_agg(b::text, ',' order by slot)) "
    "from solana.blocks b where slot between 1000 and 1099";
constexpr auto kProven =
    "select count(*) = 1 and min(first_seq) <= 1000 and max(last_seq) >= 1099 "
    "from indexer.segments";

// A fault the endpoint has, and how a run over slots 1000-1099 must end.
struct Fault {
    char const* name;
    std::vector<std::string> rules;
    int exit_code = 0;
    char const* message = "";            // on stderr or stdout
    std::vector<std::string> options{};  // of the run
    std::vector<std::string> repair{};   // of the run that mends it
};

std::ostream& operator<<(std::ostream& out, Fault const& fault) {
    return out << fault.name;
}

class EndpointFault : public World, public ::testing::WithParamInterface<Fault> {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }

    std::vector<std::string> node(std::vector<std::string> const& rules) const {
        std::vector<std::string> arguments{"--first-slot", "1000", "--slots",        "120",
                                           "--seed",       "5",    "--transactions", "10"};
        for (std::string const& rule : rules) arguments.insert(arguments.end(), {"--fault", rule});
        return arguments;
    }

    Finished run(std::vector<std::string> const& options) {
        std::vector<std::string> arguments{"backfill", "--from-slot",    "1000", "--to-slot",
                                           "1099",     "--backoff",      "20ms", "--max-backoff",
                                           "200ms",    "--breaker-open", "200ms"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return indexer(arguments);
    }

    std::string rows() const { return table(kEveryRow) + table(kEveryBlock); }

    // What an honest endpoint leads to; leaves the database empty again.
    std::string honest_rows() {
        start_node(node({}));
        EXPECT_EQ(run({}).exit_code, 0);
        auto const expected = rows();
        run_sql("truncate solana.blocks, solana.transactions, indexer.segments");
        return expected;
    }
};

// Never a row too many, never a slot claimed that is not there; complete if the exit code says so.
TEST_P(EndpointFault, LosesNothingAndSaysSo) {
    auto const expected = honest_rows();
    start_node(node(GetParam().rules));
    auto const done = run(GetParam().options);
    EXPECT_EQ(done.exit_code, GetParam().exit_code) << done.out << done.err;
    EXPECT_NE((done.out + done.err).find(GetParam().message), std::string::npos)
        << done.out << done.err;
    EXPECT_EQ(table("select coalesce(sum(blocks), 0) = (select count(*) from solana.blocks) "
                    "from indexer.segments"),
              "t\n");
    if (done.exit_code == 0) {
        EXPECT_EQ(rows(), expected);
        EXPECT_EQ(table(kProven), "t\n");
        return;
    }
    EXPECT_NE(table(kProven), "t\n");
    // With an honest endpoint the same command makes it complete; --force settles contradictions.
    start_node(node({}));
    EXPECT_EQ(run(GetParam().repair).exit_code, 0);
    EXPECT_EQ(rows(), expected);
    EXPECT_EQ(table(kProven), "t\n");
    EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n");
}

INSTANTIATE_TEST_SUITE_P(
    All, EndpointFault,
    ::testing::Values(
        Fault{"TooManyRequests", {"429:rate=0.2"}},
        Fault{"TooManyRequestsWithRetryAfter", {"429:rate=0.05,retry-after=1"}},
        Fault{"TooManyRequestsInTheBody", {"429-in-body:rate=0.2"}},
        Fault{"ALimitToldAsASkip", {"429-as-skip:rate=0.2"}},
        Fault{"InternalErrors", {"500:rate=0.2"}}, Fault{"BadGateway", {"502:rate=0.2"}},
        Fault{"Unavailable", {"503:rate=0.2"}}, Fault{"ConnectionReset", {"reset:rate=0.2"}},
        Fault{"ConnectionCut", {"cut:rate=0.2"}}, Fault{"TruncatedJson", {"truncated:rate=0.2"}},
        Fault{"WrongId", {"wrong-id:rate=0.2"}}, Fault{"EmptyBody", {"empty:rate=0.2"}},
        Fault{"HtmlNowAndThen", {"html:rate=0.2"}},
        Fault{"Hang", {"hang:rate=0.03"}, 0, "", {"--timeout", "1s"}},
        Fault{"Trickle", {"trickle:rate=0.03"}, 0, "", {"--timeout", "1s"}},
        Fault{"AnEndlessBody", {"endless:rate=0.05"}, 0, "", {"--max-response-size", "1MB"}},
        Fault{"NotYetAvailable", {"unavailable:each=2"}},
        Fault{"BehindForAWhile", {"behind:each=2,method=getBlock"}},
        Fault{"ABlockThatIsNullOnce", {"null-block:count=3"}},
        Fault{"TheListOmitsBlocks", {"omit:slots=1040-1060"}},
        Fault{"SaysSkippedForBlocks", {"skip-lie:slots=1040-1060"}, 3, "missing: "},
        Fault{"SaysSkippedInLongTermStorage", {"skip-lie:slots=1050,code=-32009"}, 3, "1050"},
        Fault{"NeverAvailable", {"unavailable:slots=1050"}, 3, "1050", {"--max-attempts", "2"}},
        Fault{"ForgetsTheLastBlocks", {"skip-lie:slots=1095-1119"}, 3, "missing: "},
        Fault{"AnotherForkForSomeSlots",
              {"bad-link:slots=1050-1060"},
              3,
              "missing: ",
              {},
              {"--force"}},
        Fault{"HtmlOnly", {"html"}, 6, "http://127.0.0.1:", {"--max-attempts", "2"}},
        Fault{"Forbidden", {"403"}, 6, "403", {"--max-attempts", "2"}},
        Fault{"EndlessOnly",
              {"endless"},
              6,
              "http://127.0.0.1:",
              {"--max-attempts", "2", "--max-response-size", "1MB"}}),
    [](auto const& fault) { return fault.param.name; });

}  // namespace
}  // namespace indexer::test
