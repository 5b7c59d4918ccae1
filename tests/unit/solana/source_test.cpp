#include "solana/source.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.hpp"
#include "tests/support/http_server.hpp"

namespace indexer::solana {
namespace {

using base::Seq;
using base::SeqRange;
using test::HttpServer;

// A source that asks one server, whose waits take no time.
struct Node {
    explicit Node(std::vector<HttpServer::Step> script, config::Solana const& config = {})
        : server(std::move(script)),
          client(rpc(), {}, clock, metrics, memory),
          source(client, config) {}

    config::Rpc rpc() const {
        config::Rpc rpc;
        rpc.endpoints.emplace_back(server.url());
        return rpc;
    }

    source::Fetched fetch(std::uint64_t slot) {
        return source.fetch(SeqRange::single(Seq(slot)), {});
    }

    HttpServer server;
    test::FakeClock clock;
    observe::Metrics metrics{{}};
    base::MemoryBudget memory;
    rpc::Client client;
    SolanaSource source;
};

template <class Do>
base::Error failure_of(Do act) {
    try {
        act();
    } catch (base::Error const& error) {
        return error;
    }
    return {base::Fault::internal, base::Recovery::never, "nothing thrown"};
}

std::vector<std::uint64_t> firsts(std::vector<SeqRange> const& parts) {
    std::vector<std::uint64_t> slots;
    for (SeqRange const part : parts) {
        EXPECT_EQ(part.size(), 1U);
        slots.push_back(part.begin.value());
    }
    return slots;
}

std::string const hash = "5TeWSsjg2gbxCyWVniXeCmwM7UtHTCK7svzJr5xYJzHf";
std::string const parent_hash = "5PjDJaGfSPJj4tFzMRCiuuAasKg5n8dJKXKenhuwZexx";
std::string const block_json = R"({"blockHeight":4,"blockTime":9,"blockhash":")" + hash +
                               R"(","parentSlot":4,"previousBlockhash":")" + parent_hash +
                               R"(","transactions":[]})";

TEST(SolanaSource, AsksForTheTipAtItsCommitment) {
    Node node({test::result("449391489")}, {.commitment = "confirmed"});
    EXPECT_EQ(node.source.tip({}), Seq(449391489));
    EXPECT_NE(node.server.bodies().at(0).find(
                  R"("method":"getSlot","params":[{"commitment":"confirmed"}])"),
              std::string::npos);
}

TEST(SolanaSource, KnowsItsNetworkByTheGenesisHash) {
    Node node({test::result(R"("5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d")")});
    EXPECT_EQ(node.source.network({}), "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d");
}

TEST(SolanaSource, AResultOfAnotherKindIsTheEndpointsFault) {
    for (auto const* result : {"null", "-1", "18446744073709551615", R"("5")", "[]", "{}"}) {
        Node node({test::result(result)});
        auto const error = failure_of([&] { (void)node.source.first_available({}); });
        EXPECT_EQ(error.fault(), base::Fault::endpoint) << result;
        EXPECT_NE(std::string(error.what()).find(node.server.url()), std::string::npos);
    }
}

TEST(SolanaSource, ListsBlocksInChunks) {
    Node node({test::result("[10,12]"), test::result("[]"), test::result("[20]")},
              {.blocks_per_list = 5});
    EXPECT_EQ(firsts(node.source.parts({Seq(10), Seq(21)}, {})),
              (std::vector<std::uint64_t>{10, 12, 20}));
    auto const asked = node.server.bodies();
    ASSERT_EQ(asked.size(), 3U);
    EXPECT_NE(asked[0].find(R"("params":[10,14,{"commitment":"finalized"}])"), std::string::npos);
    EXPECT_NE(asked[1].find(R"("params":[15,19,)"), std::string::npos);
    EXPECT_NE(asked[2].find(R"("params":[20,20,)"), std::string::npos);
}

TEST(SolanaSource, DoesNotBelieveAListThatIsOutOfOrderOrOutOfRange) {
    for (auto const* list : {"[12,11]", "[11,11]", "[9]", "[15]", "[10,null]"}) {
        Node node({test::result(list)});
        auto const error = failure_of([&] { (void)node.source.parts({Seq(10), Seq(15)}, {}); });
        EXPECT_EQ(error.fault(), base::Fault::endpoint) << list;
    }
}

TEST(SolanaSource, FetchesAndDecodesABlock) {
    Node node({test::result(block_json)});
    auto const answer = std::get<source::Answer>(node.fetch(5));
    EXPECT_EQ(answer.endpoint, node.server.url());
    auto const blocks = node.source.decode(answer);
    ASSERT_EQ(blocks.size(), 1U);
    EXPECT_EQ(blocks[0].link, (model::Link{Seq(5), hash}));
    EXPECT_EQ(blocks[0].parent, (model::Link{Seq(4), parent_hash}));
    EXPECT_NE(node.server.bodies().at(0).find(
                  R"("params":[5,{"encoding":"json","transactionDetails":"full","rewards":false,)"
                  R"("commitment":"finalized","maxSupportedTransactionVersion":1}])"),
              std::string::npos);
}

struct Absence {
    int code;
    std::string message;
    std::size_t requests;  // until it is believed
};

class NotServed : public ::testing::TestWithParam<Absence> {};

TEST_P(NotServed, IsNoProofThatTheSlotWasSkipped) {
    Node node({test::error(GetParam().code, GetParam().message)});
    auto const missing = std::get<source::Unavailable>(node.fetch(5));
    EXPECT_EQ(missing.part, SeqRange::single(Seq(5)));
    EXPECT_NE(missing.reason.find(GetParam().message), std::string::npos);
    EXPECT_EQ(missing.endpoint, node.server.url());
    EXPECT_EQ(node.server.requests(), GetParam().requests);
}

INSTANTIATE_TEST_SUITE_P(
    , NotServed,
    ::testing::Values(Absence{-32001, "Block 5 cleaned up, does not exist on node.", 1},
                      Absence{-32007, "Slot 5 was skipped, or missing due to ledger jump", 1},
                      Absence{-32009, "Slot 5 was skipped, or missing in long-term storage", 1},
                      Absence{-32004, "Block not available for slot 5", 6},
                      Absence{-32014, "Block status not yet available for slot 5", 6},
                      Absence{-32019, "Failed to query long-term storage; please try again", 6}),
    [](auto const& test) { return "Code" + std::to_string(-test.param.code); });

TEST(SolanaSource, ANullBlockIsNotServed) {
    Node node({test::result("null")});
    EXPECT_TRUE(std::holds_alternative<source::Unavailable>(node.fetch(5)));
}

TEST(SolanaSource, AnUnsupportedVersionIsAWrongSetting) {
    Node node({test::error(-32015, "Transaction version (2) is not supported")});
    auto const error = failure_of([&] { (void)node.fetch(5); });
    EXPECT_EQ(error.fault(), base::Fault::not_understood);
    EXPECT_NE(error.hint().find("--max-transaction-version"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("solana: slot 5: getBlock: "), std::string::npos);
}

TEST(SolanaSource, AnEndpointWithoutHistoryCannotServe) {
    Node node({test::error(-32011, "Transaction history is not available from this node")});
    EXPECT_EQ(failure_of([&] { (void)node.fetch(5); }).fault(), base::Fault::endpoint);
    EXPECT_EQ(node.server.requests(), 1U);
}

TEST(SolanaSource, NamesItsContent) {
    Node const plain({test::result("1")});
    EXPECT_EQ(plain.source.content(), "blocks,transactions,token_transfers,sol_transfers,swaps");
    Node const whole({test::result("1")}, {.include_votes = true, .rewards = true});
    EXPECT_EQ(whole.source.content(),
              "blocks,transactions,token_transfers,sol_transfers,swaps,votes,rewards");
}

TEST(SolanaSource, RefusesSettingsThatMakeNoSense) {
    for (config::Solana const& config :
         {config::Solana{.commitment = "processed"}, config::Solana{.max_transaction_version = 256},
          config::Solana{.blocks_per_list = 0}, config::Solana{.blocks_per_list = 500'001}}) {
        EXPECT_EQ(failure_of([&] { Node const node({test::result("1")}, config); }).fault(),
                  base::Fault::usage);
    }
}

}  // namespace
}  // namespace indexer::solana
