#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <httplib.h>
#include <simdjson.h>

#include "tests/support/http_server.hpp"
#include "tests/world/world.hpp"

// What a node writes into its answers goes to a database, a terminal, logs and scripts.
namespace indexer::test {
namespace {

// Nothing that a terminal obeys but the ends of lines, and valid UTF-8.
bool is_harmless(std::string const& text) {
    auto const control = [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n') || byte == 0x7F;
    };
    return simdjson::validate_utf8(text) && text.find("\xC2\x9B") == std::string::npos &&
           std::none_of(text.begin(), text.end(), control);
}

class HostileText : public World {
  protected:
    using Answer = std::function<HttpServer::Step(std::string const& request)>;

    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node({"--first-slot", "1000", "--slots", "60", "--seed", "7"});
        migrate();
    }

    // Before the node: what `instead` gives for a request, where it gives something.
    void stand_before_the_node(Answer instead) {
        auto const forward = [url = node_->url()](auto const& request, auto& response) {
            auto const answer = httplib::Client(url).Post("/", request.body, "application/json");
            response.set_content(answer ? answer->body : "", "application/json");
        };
        proxy_.emplace(std::vector<HttpServer::Step>{
            [forward, instead = std::move(instead)](auto const& request, auto& response) {
                auto const step = instead(request.body);
                step ? step(request, response) : forward(request, response);
            }});
        environment_["INDEXER_RPC_URL"] = proxy_->url() + "/v2/token-of-the-path?key=k3y-value";
    }
    // Of one method, or of one call of it.
    void answer(std::string const& call, HttpServer::Step const& step) {
        stand_before_the_node([=](std::string const& request) {
            return request.find(call) == std::string::npos ? HttpServer::Step() : step;
        });
    }
    static void expect_harmless(Finished const& done) {
        EXPECT_TRUE(is_harmless(done.out)) << done.out;
        EXPECT_TRUE(is_harmless(done.err)) << done.err;
        for (auto const* const secret : {"token-of-the-path", "k3y-value"}) {
            EXPECT_EQ((done.out + done.err).find(secret), std::string::npos)
                << done.out << done.err;
        }
    }

    std::optional<HttpServer> proxy_;
};

TEST_F(HostileText, CutInsideACharacterIsStillStored) {
    std::string umlauts;
    for (int i = 0; i < 400; ++i) umlauts += "é";
    for (auto const* const lead : {"", "a", "aa"}) {
        run_sql("delete from indexer.holes");
        answer(R"("getBlock","params":[1023,)", error(-32009, lead + umlauts));
        auto const done = indexer(
            {"backfill", "--from-slot", "1000", "--to-slot", "1040", "--max-attempts", "1"});
        EXPECT_EQ(done.exit_code, 3) << done.err;
        EXPECT_EQ(table("select seq, error like '%é…' from indexer.holes"), "1023\tt\n");
        expect_harmless(done);
    }
}

TEST_F(HostileText, CommandsNobodysTerminal) {
    answer(R"("getBlock","params":[1023,)",
           error(-32009,
                 "\\u001b]0;pwned\\u0007\\u001b[2J\\nindexer: all proven"
                 "\\u0000\\u009b31m\\u007f\\u202e /v2/token-of-the-path key=k3y-value"));
    for (auto const* const format : {"text", "json"}) {
        auto const done = indexer({"backfill", "--from-slot", "1000", "--to-slot", "1040",
                                   "--log-format", format, "--log-level", "debug"});
        EXPECT_EQ(done.exit_code, 3) << done.err;
        expect_harmless(done);
    }
    expect_harmless(indexer({"gaps"}));
    expect_harmless(indexer({"gaps", "--output", "json"}));
    EXPECT_EQ(table("select error ~ '[[:cntrl:]]' from indexer.holes"), "f\n");
}

TEST_F(HostileText, IsNotHandedOnWithOurSecrets) {
    for (auto const* const said : {R"({"url":"http://h/v2/token-of-the-path","k":"k3y-value"})",
                                   R"({"a":"ééééééééééééééééééééééééééééééééééééé"})",
                                   R"({"a":"xééééééééééééééééééééééééééééééééééééé"})",
                                   "{\"a\":\n\n\"2026 info proven\x1b[2J\"}"}) {
        answer("getSlot", result(said));
        for (auto const* const format : {"text", "json"}) {
            auto const done = indexer({"endpoints", "--output", format});
            EXPECT_EQ(done.exit_code, 6) << done.out << done.err;
            expect_harmless(done);
            EXPECT_EQ(std::count(done.out.begin(), done.out.end(), '\n'), *format == 't' ? 2 : 1);
        }
    }
}

TEST_F(HostileText, IsNoNameOfANetwork) {
    for (auto const& said : {std::string(R"("\u001b[31m\nEVIL")"), std::string(R"("a\u0000b")"),
                             '"' + std::string(100'000, 'g') + '"', std::string(R"("")")}) {
        answer("getGenesisHash", result(said));
        auto const done = indexer({"backfill", "--from-slot", "1000", "--to-slot", "1010"});
        EXPECT_EQ(done.exit_code, 6) << done.err;
        EXPECT_NE(done.err.find("unexpected result"), std::string::npos) << done.err;
        EXPECT_LT(done.err.size(), 1'000U);
        expect_harmless(done);
    }
}

TEST_F(HostileText, InHeadersIsShortAndHarmless) {
    answer("getSlot", with_header("x-ratelimit-note", "token-of-the-path" + std::string(5'000, 'n'),
                                  result("1040")));
    auto const done = indexer({"endpoints"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_LT(done.out.size(), 1'000U);
    expect_harmless(done);
}

TEST_F(HostileText, OfAnArgumentIsHarmless) {
    for (auto const* const argument : {"--\x1b[2J", "--x=\xFF\xC2\x9B", "a\nb"}) {
        auto const done = indexer({"status", argument});
        EXPECT_EQ(done.exit_code, 2);
        expect_harmless(done);
    }
}

}  // namespace
}  // namespace indexer::test
