#include "stellar/source.hpp"

#include <gtest/gtest.h>

#include "stellar/tables.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/http_server.hpp"
#include "tests/support/rows_text.hpp"
#include "tests/support/stellar_ledgers.hpp"

namespace indexer::stellar {
namespace {

using base::Seq;
using base::SeqRange;
using test::empty_ledger;
using test::HttpServer;
using test::ledger_json;

auto const network_answer = test::result(R"({"passphrase":"Test SDF Network ; September 2015"})");
auto const past_the_tip = test::error(
    -32602,
    "cursor ('14') must be between the oldest ledger: 10 and the latest ledger: 14 for this rpc "
    "instance");

std::string page_json(std::vector<std::uint32_t> const& seqs) {
    std::string ledgers;
    for (auto const seq : seqs) {
        ledgers += (ledgers.empty() ? "" : ",") + ledger_json(seq, empty_ledger(seq));
    }
    return R"({"ledgers":[)" + ledgers + R"(],"latestLedger":14,"oldestLedger":10,"cursor":"14"})";
}

HttpServer::Step page(std::vector<std::uint32_t> const& seqs) {
    return test::result(page_json(seqs));
}

HttpServer::Step health(std::uint32_t oldest, std::uint32_t latest) {
    return test::result(R"({"status":"healthy","latestLedger":)" + std::to_string(latest) +
                        R"(,"oldestLedger":)" + std::to_string(oldest) +
                        R"(,"ledgerRetentionWindow":120960})");
}

// A source whose waits take no time.
struct World {
    explicit World(std::vector<HttpServer::Step> script) : server(std::move(script)) {}

    config::Rpc rpc() const {
        config::Rpc rpc;
        rpc.endpoints.emplace_back(server.url());
        if (other != nullptr) rpc.endpoints.emplace_back(other->url());
        rpc.max_attempts = 2;
        return rpc;
    }
    StellarSource& source() {
        if (!made) {
            client.emplace(rpc(), config::Breaker{}, clock, metrics, memory);
            made.emplace(*client, config, clock);
        }
        return *made;
    }
    source::Fetched fetch(std::uint64_t first, std::uint64_t last) {
        return source().fetch(SeqRange::inclusive(Seq(first), Seq(last)), {});
    }

    HttpServer server;
    HttpServer* other = nullptr;
    config::Stellar config;
    test::FakeClock clock;
    observe::Metrics metrics{{}};
    base::MemoryBudget memory;
    std::optional<rpc::Client> client;
    std::optional<StellarSource> made;
};

TEST(StellarSource, KnowsItsNetworkByThePassphraseAndAsksOnce) {
    World world({network_answer});
    EXPECT_EQ(world.source().network({}), "Test SDF Network ; September 2015");
    EXPECT_EQ(world.source().network({}), "Test SDF Network ; September 2015");
    EXPECT_EQ(world.server.requests(), 1U);
}

TEST(StellarSource, TheTipIsTheNewestLedgerOfAHealthyServer) {
    World world({health(10, 14)});
    EXPECT_EQ(world.source().tip({}), Seq(14));
}

TEST(StellarSource, WhereNoServerIsHealthyTheTipIsWhatItHas) {
    auto const behind =
        test::error(-32603, "latency (1m2s) since last known ledger closed is too high (>30s)");
    World world({behind, behind, test::result(R"({"id":"ab","sequence":12})")});
    EXPECT_EQ(world.source().tip({}), Seq(12));
}

TEST(StellarSource, TheFirstAvailableIsThatOfTheServerThatGoesBackFurthest) {
    HttpServer archive({health(3, 14)});
    World world({health(10, 14)});
    world.other = &archive;
    EXPECT_EQ(world.source().first_available({}), Seq(3));
}

TEST(StellarSource, AResultOfAnotherKindIsTheEndpointsFault) {
    for (auto const* const result :
         {"null", "[]", "{}", R"({"latestLedger":"5"})", R"({"latestLedger":4294967296})"}) {
        World world({test::result(result)});
        try {
            (void)world.source().tip({});
            ADD_FAILURE() << result;
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::endpoint) << error.what();
        }
    }
}

TEST(StellarSource, FetchesAPageAndDecodesItsLedgersInOrder) {
    World world({page({11, 12}), network_answer});
    auto const answer = std::get<source::Answer>(world.fetch(11, 12));
    EXPECT_NE(world.server.bodies().at(0).find(
                  R"("params":{"startLedger":11,"pagination":{"limit":2},"xdrFormat":"base64"})"),
              std::string::npos);
    auto const blocks = world.source().decode(answer);
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_EQ(blocks[0].link.seq, Seq(11));
    EXPECT_EQ(blocks[1].parent, blocks[0].link);
    EXPECT_EQ(blocks[1].link.hash.size(), 64U);
}

TEST(StellarSource, AsksOnWhereAServerGivesLessThanThePage) {
    World world({page({11, 12}), page({13}), page({14, 15})});
    auto const answer = std::get<source::Answer>(world.fetch(11, 14));
    EXPECT_EQ(answer.part, SeqRange::inclusive(Seq(11), Seq(14)));
    EXPECT_EQ(world.server.requests(), 3U);
}

TEST(StellarSource, PastTheTipThereIsNothingNew) {
    World world({page({13, 14}), past_the_tip});
    auto const answer = std::get<source::Answer>(world.fetch(13, 16));
    EXPECT_EQ(answer.part, SeqRange::inclusive(Seq(13), Seq(14)));
    auto const nothing = std::get<source::Unavailable>(world.fetch(15, 16));
    EXPECT_EQ(nothing.part, SeqRange::inclusive(Seq(15), Seq(16)));
    EXPECT_NE(nothing.reason.find("must be between the oldest ledger"), std::string::npos);
    EXPECT_EQ(world.server.requests(), 3U) << "asked again what it had refused";
}

TEST(StellarSource, APageThatIsTooSlowMakesTheNextOnesSmaller) {
    auto const slow = test::error(-32001, "request exceeded processing limit threshold");
    World world({slow, slow});
    auto const before = world.source().window();
    EXPECT_THROW((void)world.fetch(11, 14), base::Error);
    EXPECT_LT(world.source().window(), before);
}

TEST(StellarSource, LedgersOutOfPlaceAreTheServersFault) {
    for (auto const& wrong : {page({12}), page({11, 13}),
                              test::result(R"({"ledgers":[{"sequence":11,"metadataXdr":"AB%"}]})"),
                              test::result(R"({"ledgers":[{"sequence":11}]})")}) {
        World world({wrong});
        try {
            (void)world.fetch(11, 12);
            ADD_FAILURE() << "took it";
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::endpoint) << error.what();
        }
    }
}

TEST(StellarSource, PartsAreWholePages) {
    World world({network_answer});
    auto const size = world.source().window();
    auto const parts = world.source().parts(SeqRange::inclusive(Seq(2), Seq(2 * size + 2)), {});
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[0].size(), size);
    EXPECT_EQ(parts[2], SeqRange::single(Seq(2 * size + 2)));
}

TEST(StellarSource, ALedgerOfAnUnknownKindIsNotUnderstood) {
    World world({test::result(R"({"ledgers":[)" + ledger_json(11, empty_ledger(11, 99)) + "]}"),
                 network_answer});
    auto const answer = std::get<source::Answer>(world.fetch(11, 11));
    try {
        (void)world.source().decode(answer);
        ADD_FAILURE() << "decoded it";
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::not_understood);
    }
}

// A page of getEvents that looked at all of ledger 12.
HttpServer::Step events(std::string const& list, std::uint64_t reached) {
    return test::result(R"({"events":[)" + list + R"(],"cursor":")" +
                        std::to_string(reached << 32U | 0xffffffffU) +
                        R"(-4294967295","latestLedger":14,"oldestLedger":10})");
}

TEST(StellarSource, RecountsWhatIsWrittenByGetEvents) {
    auto const event = [](std::string const& type, std::string const& more) {
        return R"({"type":")" + type + R"(","ledger":12,"contractId":"",)" +
               R"("id":"0000000051539611648-0000000001","txHash":"ab",)" + more +
               R"("value":"AAAAAQ==","inSuccessfulContractCall":true})";
    };
    World world(
        {events(event("system", R"("topic":["AAAADw=="],)") + "," + event("diagnostic", ""), 12)});
    EXPECT_EQ(world.source().recounted_by(), "getEvents");
    auto const told = world.source().recount(SeqRange::single(Seq(12)), {});
    ASSERT_TRUE(told.has_value());
    EXPECT_EQ(told->part, SeqRange::single(Seq(12)));
    ASSERT_EQ(told->rows.rows(), 1U);
    EXPECT_EQ(told->rows.column(0).integer(0), 12);
    EXPECT_EQ(told->rows.column(2).bytes(0), "system");
    EXPECT_TRUE(told->rows.column(3).is_null(0));
    EXPECT_EQ(told->rows.column(5).bytes(0), R"(["AAAADw=="])");
}

TEST(StellarSource, RecountsNothingOfLedgersThatAreNotThere) {
    World gone({test::error(-32600, "startLedger must be within the ledger range: 20 - 30")});
    EXPECT_FALSE(gone.source().recount(SeqRange::single(Seq(12)), {}).has_value());
    World behind({events("", 14)});
    EXPECT_FALSE(behind.source().recount(SeqRange::single(Seq(15)), {}).has_value());
    World none({});
    none.config.tables = {"ledgers"};
    EXPECT_TRUE(none.source().recounted_by().empty());
    EXPECT_FALSE(none.source().recount(SeqRange::single(Seq(12)), {}).has_value());
    EXPECT_EQ(none.server.requests(), 0U);
}

TEST(StellarSource, RefusesTablesThatAreNotThere) {
    World world({network_answer});
    world.config.tables = {"ledgers", "trades"};
    EXPECT_THROW((void)world.source(), base::Error);
}

}  // namespace
}  // namespace indexer::stellar
