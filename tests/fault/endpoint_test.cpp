#include <chrono>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/fault/fault_table.hpp"
#include "tests/places.hpp"
#include "tests/support/tls_server.hpp"
#include "tests/world/world.hpp"

// What an endpoint can do to a run. Each test ends with exactly the rows that an undisturbed run
// writes, or says what is missing until an honest endpoint mends it.
namespace indexer::test {
namespace {

constexpr auto kProven =
    "select count(*) = 1 and min(first_seq) <= 1000 and max(last_seq) >= 1099 "
    "from indexer.segments";

// A fault the endpoint has, and how a run over slots 1000-1099 must end.
struct Fault {
    char const* name;
    char const* fault;  // in the table
    char const* did;
    std::vector<std::string> rules;
    int exit_code = 0;
    char const* message = "";            // on stderr or stdout
    std::vector<std::string> options{};  // of the run
    std::vector<std::string> repair{};   // of the run that mends it
    bool helped = false;                 // by an honest endpoint beside it
    char const* url = nullptr;           // instead of the node's
    std::vector<std::string> node{};     // more of its options
};

std::ostream& operator<<(std::ostream& out, Fault const& fault) {
    return out << fault.name;
}

class EndpointFault : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }

    static std::vector<std::string> node(std::vector<std::string> const& rules,
                                         std::vector<std::string> const& more = {}) {
        std::vector<std::string> arguments{"--first-slot", "1000", "--slots",        "120",
                                           "--seed",       "5",    "--transactions", "10"};
        arguments.insert(arguments.end(), more.begin(), more.end());
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

    // What an honest endpoint leads to; leaves the database empty again.
    void expect_what_an_honest_node_leads_to(std::vector<std::string> const& more = {}) {
        start_node(node({}, more));
        ASSERT_EQ(run({}).exit_code, 0);
        expected_ = rows_of(database_->url());
        database_.reset();
        database_.emplace();
        migrate();
    }

    // Never a slot claimed that is not there.
    void expect_no_false_claim() {
        EXPECT_EQ(table("select coalesce(sum(blocks), 0) = (select count(*) from solana.blocks) "
                        "from indexer.segments"),
                  "t\n");
    }
    void expect_whole(Finished const& done, std::string const& fault, std::string const& did) {
        auto const rows = rows_of(database_->url());
        FaultOutcome const outcome{.fault = fault,
                                   .did = did,
                                   .missing = not_in(expected_, rows),
                                   .surplus = not_in(rows, expected_),
                                   .exit_code = done.exit_code,
                                   .message = complaint(done.err)};
        EXPECT_EQ(outcome.missing, 0U);
        EXPECT_EQ(outcome.surplus, 0U);
        EXPECT_EQ(table(kProven), "t\n");
        EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n");
        tabulate(outcome);
    }

    std::vector<std::string> expected_;
};

class EveryEndpointFault : public EndpointFault, public ::testing::WithParamInterface<Fault> {};

TEST_P(EveryEndpointFault, LosesNothingAndSaysSo) {
    auto const& fault = GetParam();
    expect_what_an_honest_node_leads_to(fault.node);
    Simulator const honest(node({}, fault.node));
    start_node(node(fault.rules, fault.node));
    auto options = fault.options;
    options.insert(options.end(), {"--rpc-url", fault.url != nullptr ? fault.url : node_->url()});
    if (fault.helped) options.insert(options.end(), {"--rpc-url", honest.url()});
    auto const done = run(options);
    EXPECT_EQ(done.exit_code, fault.exit_code) << done.out << done.err;
    EXPECT_NE((done.out + done.err).find(fault.message), std::string::npos) << done.out << done.err;
    expect_no_false_claim();
    if (done.exit_code != 0) {
        EXPECT_NE(table(kProven), "t\n");
        // The same command makes it complete; --force settles contradictions.
        start_node(node({}, fault.node));
        EXPECT_EQ(run(fault.repair).exit_code, 0);
    }
    expect_whole(done, fault.fault, fault.did);
}

constexpr auto kRetried = "asked again";
constexpr auto kHole = "left a hole; the same command and an honest endpoint did the rest (exit 0)";
constexpr auto kGaveUp = "gave up; the same command and an honest endpoint did it (exit 0)";
constexpr auto kElsewhere = "asked the other endpoint";

INSTANTIATE_TEST_SUITE_P(
    All, EveryEndpointFault,
    ::testing::Values(
        Fault{"TooManyRequests", "429, 20 %", "slowed down", {"429:rate=0.2"}},
        Fault{"TooManyRequestsWithRetryAfter",
              "429 with Retry-After, 5 %",
              "waited so long",
              {"429:rate=0.05,retry-after=1"}},
        Fault{"TooManyRequestsInTheBody",
              "429 in the body, 20 %",
              "slowed down",
              {"429-in-body:rate=0.2"}},
        Fault{"ALimitToldAsASkip", "429 as -32007, 20 %", "slowed down", {"429-as-skip:rate=0.2"}},
        Fault{"InternalErrors", "500, 20 %", kRetried, {"500:rate=0.2"}},
        Fault{"BadGateway", "502, 20 %", kRetried, {"502:rate=0.2"}},
        Fault{"Unavailable", "503, 20 %", kRetried, {"503:rate=0.2"}},
        Fault{"ConnectionReset", "reset in mid-body, 20 %", kRetried, {"reset:rate=0.2"}},
        Fault{"ConnectionCut", "closed in mid-body, 20 %", kRetried, {"cut:rate=0.2"}},
        Fault{"TruncatedJson", "truncated JSON, 20 %", kRetried, {"truncated:rate=0.2"}},
        Fault{"WrongId", "wrong id, 20 %", kRetried, {"wrong-id:rate=0.2"}},
        Fault{"EmptyBody", "empty body, 20 %", kRetried, {"empty:rate=0.2"}},
        Fault{"HtmlNowAndThen", "HTML, 20 %", kRetried, {"html:rate=0.2"}},
        Fault{"Hang",
              "hangs in mid-body, 3 %",
              "asked again after --timeout",
              {"hang:rate=0.03"},
              0,
              "",
              {"--timeout", "1s"}},
        Fault{"Trickle",
              "a body that trickles, 3 %",
              "asked again after --timeout",
              {"trickle:rate=0.03"},
              0,
              "",
              {"--timeout", "1s"}},
        Fault{"AnEndlessBody",
              "a body without an end, 5 %",
              kRetried,
              {"endless:rate=0.05"},
              0,
              "",
              {"--max-response-size", "1MB"}},
        Fault{"NotYetAvailable", "-32004, twice a block", kRetried, {"unavailable:each=2"}},
        Fault{"BehindForAWhile",
              "-32005, twice a block",
              kRetried,
              {"behind:each=2,method=getBlock"}},
        Fault{"ABlockThatIsNullOnce",
              "null, three times",
              "asked for the block once more",
              {"null-block:count=3"}},
        Fault{"NullBlocksOfOneEndpoint",
              "null for every block, of one endpoint of two",
              kElsewhere,
              {"null-block"},
              0,
              "",
              {},
              {},
              true},
        Fault{"TheListOmitsBlocks",
              "getBlocks leaves blocks out",
              "asked for every slot that was not proven",
              {"omit:slots=1040-1060"}},
        Fault{"SaysSkippedForBlocks",
              "-32007 for blocks",
              kHole,
              {"skip-lie:slots=1040-1060"},
              3,
              "missing: "},
        Fault{"SaysSkippedBesideAnHonestOne",
              "-32007 for blocks, of one endpoint of two",
              kElsewhere,
              {"skip-lie:slots=1040-1060"},
              0,
              "",
              {},
              {},
              true},
        Fault{"SaysSkippedInLongTermStorage",
              "-32009 for a block",
              kHole,
              {"skip-lie:slots=1050,code=-32009"},
              3,
              "1050"},
        Fault{"NeverAvailable",
              "-32004 for a block, for good",
              kHole,
              {"unavailable:slots=1050"},
              3,
              "1050",
              {"--max-attempts", "2"}},
        Fault{"ForgetsTheLastBlocks",
              "-32007 up to the tip",
              kHole,
              {"skip-lie:slots=1095-1119"},
              3,
              "missing: "},
        Fault{"AnotherForkForSomeSlots",
              "another fork for some slots",
              "left a hole; --force and an honest endpoint did the rest (exit 0)",
              {"bad-link:slots=1050-1060"},
              3,
              "missing: ",
              {},
              {"--force"}},
        Fault{"NewerTransactions",
              "-32015",
              "gave up; a higher version did it (exit 0)",
              {},
              7,
              "raise --max-transaction-version",
              {"--max-transaction-version", "0"},
              {},
              false,
              nullptr,
              {"--version-1-rate", "0.5"}},
        Fault{"HtmlOnly",
              "HTML only",
              kGaveUp,
              {"html"},
              6,
              "http://127.0.0.1:",
              {"--max-attempts", "2"}},
        Fault{"Forbidden", "403", kGaveUp, {"403"}, 6, "403", {"--max-attempts", "2"}},
        Fault{"EndlessOnly",
              "bodies without an end only",
              kGaveUp,
              {"endless"},
              6,
              "set --max-response-size higher",
              {"--max-attempts", "2", "--max-response-size", "1MB"}},
        Fault{"ConnectionRefused",
              "connection refused",
              kGaveUp,
              {},
              6,
              "couldn't connect",
              {"--max-attempts", "2"},
              {},
              false,
              "http://127.0.0.1:1"},
        Fault{"ConnectionRefusedByOneOfTwo",
              "connection refused, of one endpoint of two",
              kElsewhere,
              {},
              0,
              "",
              {},
              {},
              true,
              "http://127.0.0.1:1"},
        Fault{"NoSuchHost",
              "DNS failure",
              kGaveUp,
              {},
              6,
              "resolve host",
              {"--max-attempts", "2", "--connect-timeout", "2s"},
              {},
              false,
              "http://nowhere.invalid"}),
    [](auto const& fault) { return fault.param.name; });

TEST_F(EndpointFault, ACertificateThatNobodySigned) {
    expect_what_an_honest_node_leads_to();
    TlsServer const server;
    auto const done = run({"--rpc-url", server.url(), "--max-attempts", "2"});
    EXPECT_EQ(done.exit_code, 6) << done.out << done.err;
    EXPECT_NE(done.err.find("certificate"), std::string::npos) << done.err;
    EXPECT_EQ(run({}).exit_code, 0);
    expect_whole(done, "TLS with a bad certificate", kGaveUp);
}

// Waits go by a clock that does not step. A sanitizer has to be loaded before everything else.
TEST_F(EndpointFault, AWallClockThatSteps) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer has to be loaded first";
#endif
    expect_what_an_honest_node_leads_to();
    start_node(node({"503:rate=0.2", "429:rate=0.05"}));
    environment_["LD_PRELOAD"] = INDEXER_CLOCK_STEPS;
    auto const done = run({});
    environment_.erase("LD_PRELOAD");
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    expect_whole(done, "a wall clock that steps by hours, with 503 and 429", "waited as usual");
}

// An open breaker is closed by SIGHUP, long before its time. One attempt a slot, so that it is four
// questions that fail.
TEST_F(EndpointFault, ABreakerThatIsOpenUntilSomebodyResetsIt) {
    expect_what_an_honest_node_leads_to();
    start_node(node({"500:method=getBlock,count=4"}));
    auto const running =
        start_indexer({"backfill", "--from-slot", "1000", "--to-slot", "1099", "--concurrency", "1",
                       "--max-attempts", "1", "--breaker-failures", "4", "--breaker-open", "1h"});
    ASSERT_TRUE(running->wait_for_error_text("circuit breaker open")) << running->wait().err;
    running->signal(SIGHUP);
    auto const done = running->wait();
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_NE(done.err.find("circuit breaker closed"), std::string::npos) << done.err;
    expect_whole(done, "500 until the breaker opens for an hour", "SIGHUP closed the breaker");
}

// Follows the tip until the database has all, then stops.
class PollFault : public EndpointFault {
  protected:
    Finished poll(std::vector<std::string> const& more) { return start_poll(more)->wait(); }
    Finished follow(std::vector<std::string> const& rules) {
        start_node(node(rules));
        auto const running = start_poll({"--interval", "20ms", "--heal-interval", "100ms"});
        while (table(kOneSegment) != whole_) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        running->signal(SIGTERM);
        return running->wait();
    }
    void expect_what_an_honest_node_leads_to() {
        start_node(node({}));
        EXPECT_EQ(poll({"--until-caught-up"}).exit_code, 0);
        expected_ = rows_of(database_->url());
        whole_ = table(kOneSegment);
        database_.reset();
        database_.emplace();
        migrate();
    }

  private:
    static constexpr auto kOneSegment =
        "select count(*), sum(blocks), max(last_seq) from indexer.segments";

    std::unique_ptr<Process> start_poll(std::vector<std::string> const& more) {
        std::vector<std::string> arguments{"poll", "--from-slot",   "1000", "--backoff",
                                           "5ms",  "--max-backoff", "20ms"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return start_indexer(arguments);
    }

    std::string whole_;
};

TEST_F(PollFault, ABlockThatComesMuchLater) {
    expect_what_an_honest_node_leads_to();
    auto const done = follow({"unavailable:slots=1050,each=8"});
    EXPECT_EQ(done.exit_code, 75);
    expect_whole(done, "-32004 for a block that comes much later, poll",
                 "left a hole and healed it; stopped by the test");
}

TEST_F(PollFault, ATipThatGoesBack) {
    expect_what_an_honest_node_leads_to();
    auto const done = follow({"tip-back:by=60,count=20,from=2,method=getSlot"});
    EXPECT_EQ(done.exit_code, 75);
    expect_whole(done, "a tip that goes back, poll", "waited for it; stopped by the test");
}

}  // namespace
}  // namespace indexer::test
