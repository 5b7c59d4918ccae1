#include <csignal>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "tests/world/stellar_world.hpp"

namespace indexer::test {
namespace {

// A fault the endpoint has, and how a run over ledgers 1000 to 1099 must end.
struct StellarFault {
    char const* name;
    std::vector<std::string> rules;
    int exit_code = 0;
    std::vector<std::string> options{};  // of the run
    std::vector<std::string> repair{};   // of the run that mends it
};

std::ostream& operator<<(std::ostream& out, StellarFault const& fault) {
    return out << fault.name;
}

class StellarEndpoint : public StellarWorld, public ::testing::WithParamInterface<StellarFault> {};

TEST_P(StellarEndpoint, LosesNothingAndSaysSo) {
    start_stellar_node();
    ASSERT_EQ(backfill("1000", "1099").exit_code, 0);
    auto const expected = stellar_rows();
    forget_everything();
    std::vector<std::string> faults;
    for (auto const& rule : GetParam().rules) faults.insert(faults.end(), {"--fault", rule});
    start_stellar_node(faults);
    auto const done = backfill("1000", "1099", GetParam().options);
    EXPECT_EQ(done.exit_code, GetParam().exit_code) << done.out << done.err;
    EXPECT_EQ(table("select coalesce(sum(blocks), 0) = (select count(*) from stellar.ledgers) "
                    "from indexer.segments"),
              "t\n");
    if (done.exit_code != 0) {
        EXPECT_NE(proven(), "1\t1000\t1099\n");
        start_stellar_node();
        EXPECT_EQ(backfill("1000", "1099", GetParam().repair).exit_code, 0);
    }
    EXPECT_EQ(stellar_rows(), expected);
    EXPECT_EQ(proven(), "1\t1000\t1099\n");
    EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n");
}

INSTANTIATE_TEST_SUITE_P(
    All, StellarEndpoint,
    ::testing::Values(StellarFault{"TooManyRequests", {"429:rate=0.2"}},
                      StellarFault{"Unavailable", {"503:rate=0.2"}},
                      StellarFault{"ItsOwnTimeLimit", {"time-limit:rate=0.2"}},
                      StellarFault{"ItsQueueIsFull", {"queue-full:rate=0.2"}},
                      StellarFault{"ConnectionReset", {"reset:rate=0.1"}},
                      StellarFault{"TruncatedJson", {"truncated:rate=0.1"}},
                      StellarFault{"WrongId", {"wrong-id:rate=0.1"}},
                      StellarFault{"Hang", {"hang:rate=0.05"}, 0, {"--timeout", "1s"}},
                      StellarFault{
                          "LedgersAreLeftOut", {"omit:slots=1040-1045,method=getLedgers"}, 3},
                      StellarFault{"AnotherForkForAPage",
                                   {"bad-link:slots=1049-1062,method=getLedgers"},
                                   3,
                                   {},
                                   {"--force"}}),
    [](auto const& fault) { return fault.param.name; });

class StellarInterruption : public StellarWorld {};

TEST_F(StellarInterruption, KilledAtRandomMomentsItEndsAsIfItNeverWas) {
    start_stellar_node();
    std::vector<std::string> const options{"--flush-interval", "5ms", "--concurrency", "4"};
    ASSERT_EQ(backfill("1000", "1299", options).exit_code, 0);
    auto const expected = stellar_rows();
    forget_everything();
    std::mt19937 random(3);
    for (int life = 0; life < 8; ++life) {
        auto const running = start_indexer({"backfill", "--from-ledger", "1000", "--to-ledger",
                                            "1299", "--page-ledgers", "3", "--flush-interval",
                                            "5ms", "--concurrency", "2", "--quiet"});
        std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 150));
        running->signal(SIGKILL);
        static_cast<void>(running->wait());
        EXPECT_EQ(table("select coalesce(sum(blocks), 0) - (select count(*) from stellar.ledgers) "
                        "from indexer.segments"),
                  "0\n")
            << "after life " << life;
    }
    ASSERT_EQ(backfill("1000", "1299", options).exit_code, 0);
    EXPECT_EQ(stellar_rows(), expected);
    EXPECT_EQ(proven(), "1\t1000\t1299\n");
}

}  // namespace
}  // namespace indexer::test
