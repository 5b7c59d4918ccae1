#include <fstream>

#include <gtest/gtest.h>

#include "tests/places.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

class Endpoints : public ::testing::Test {
  protected:
    static Finished indexer(std::vector<std::string> arguments,
                            Process::Environment const& environment = {}) {
        arguments.insert(arguments.begin(), INDEXER_PROGRAM);
        return run_program(std::move(arguments), environment);
    }

    [[nodiscard]] std::string config(std::string const& text) const {
        std::ofstream(config_) << text;
        return config_;
    }

    TempFolder const folder_;
    std::string const config_ = folder_.path() / "indexer.toml";
    Simulator node_{{"--first-slot", "1000", "--slots", "50"}};
    std::string const nobody_ = "http://127.0.0.1:1";
};

TEST_F(Endpoints, ShowsWhatEachCanServe) {
    auto const done = indexer({"endpoints", "--rpc-url", node_.url(), "--rpc-url", nobody_});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_NE(done.out.find(node_.url() + "  1048  1000  "), std::string::npos) << done.out;
    EXPECT_NE(done.out.find("3.0.6"), std::string::npos) << done.out;
    EXPECT_NE(done.out.find("couldn't connect"), std::string::npos) << done.out;
}

TEST_F(Endpoints, TellsScriptsTheSame) {
    auto const done = indexer({"endpoints", "--rpc-url", node_.url(), "--output", "json"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_NE(done.out.find(R"("tip":1048,"first":1000,)"), std::string::npos) << done.out;
    EXPECT_NE(done.out.find(R"("error":null)"), std::string::npos) << done.out;
}

TEST_F(Endpoints, OfSolanaTellWhoseRulesDecideBlocks) {
    Simulator const before({"--last-of-tower", "none"});
    Simulator const since({"--last-of-tower", "459652999"});
    auto const done = indexer({"endpoints", "--rpc-url", node_.url(), "--rpc-url", before.url(),
                               "--rpc-url", since.url(), "--output", "json"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    auto const unknown = done.out.find(R"("protocol":null)");
    auto const tower = done.out.find(R"("protocol":"TowerBFT")");
    auto const alpenglow = done.out.find(R"("protocol":"Alpenglow after 459652999")");
    EXPECT_LT(unknown, tower) << done.out;
    EXPECT_LT(tower, alpenglow) << done.out;
    EXPECT_NE(alpenglow, std::string::npos) << done.out;
    auto const text = indexer({"endpoints", "--rpc-url", since.url()});
    EXPECT_NE(text.out.find("  Alpenglow after 459652999  "), std::string::npos) << text.out;
}

TEST_F(Endpoints, OfStellarTellTheSame) {
    Simulator const stellar({"--chain", "stellar", "--first-slot", "1000", "--slots", "50"});
    auto const done = indexer({"endpoints", "--chain", "stellar", "--rpc-url", stellar.url()});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_NE(done.out.find(stellar.url() + "  1049  1000  "), std::string::npos) << done.out;
}

TEST_F(Endpoints, OfStellarTellTheirProtocolBeforeItHurts) {
    auto const ask = [](std::vector<std::string> more, std::string const& output) {
        more.insert(more.begin(), {"--chain", "stellar", "--first-ledger", "1000", "--ledgers",
                                   "50", "--transactions", "1"});
        Simulator const stellar(more);
        return indexer(
            {"endpoints", "--chain", "stellar", "--rpc-url", stellar.url(), "--output", output});
    };
    auto const known = ask({}, "text");
    EXPECT_NE(known.out.find("protocol"), std::string::npos) << known.out;
    EXPECT_EQ(known.out.find("newer than"), std::string::npos) << known.out;
    auto const ready = ask({"--software", "31.0.1"}, "text");
    EXPECT_EQ(ready.exit_code, 0) << ready.err;
    EXPECT_NE(ready.out.find("its software can run protocol 31, newer than 30"), std::string::npos)
        << ready.out;
    auto const there = ask({"--milliseconds-ledger", "1010", "--newest-protocol", "31"}, "text");
    EXPECT_NE(there.out.find("its ledgers are of protocol 31, newer than 30"), std::string::npos)
        << there.out;
    auto const told = ask({"--milliseconds-ledger", "1010"}, "json");
    EXPECT_NE(told.out.find(R"("known_protocol":30)"), std::string::npos) << told.out;
    EXPECT_NE(told.out.find(R"("protocol":"30")"), std::string::npos) << told.out;
}

TEST_F(Endpoints, NobodyWhoCanServeIsAFailure) {
    auto const done = indexer({"endpoints", "--rpc-url", nobody_});
    EXPECT_EQ(done.exit_code, 6) << done.out << done.err;
    EXPECT_NE(done.out.find(nobody_), std::string::npos) << done.out;
}

TEST_F(Endpoints, StandInAConfigFileWithTheirSecrets) {
    auto const path = config("[endpoint.mine]\nurl = \"" + node_.url() +
                             "/?key=secret-token\"\nheader = [\"Authorization: Bearer 12345678\"]\n"
                             "rps = 50\nweight = 2\n\n[endpoint.other]\nurl = \"" +
                             nobody_ + "\"\n");
    auto const done = indexer({"endpoints", "--config", path});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_NE(done.out.find("mine      1048  1000  "), std::string::npos) << done.out;
    EXPECT_NE(done.out.find("other "), std::string::npos) << done.out;
    for (char const* const secret : {"secret", "12345678"}) {
        EXPECT_EQ((done.out + done.err).find(secret), std::string::npos) << done.out << done.err;
    }
}

TEST_F(Endpoints, OfAConfigFileYieldToTheCommandLineAndTheEnvironment) {
    auto const path = config("[endpoint.mine]\nurl = \"" + nobody_ + "\"\n");
    EXPECT_EQ(indexer({"endpoints", "--config", path}).exit_code, 6);
    EXPECT_EQ(indexer({"endpoints", "--config", path, "--rpc-url", node_.url()}).exit_code, 0);
    EXPECT_EQ(
        indexer({"endpoints", "--config", path}, {{"INDEXER_RPC_URL", node_.url()}}).exit_code, 0);
}

TEST_F(Endpoints, SayWhatIsWrongInAConfigFile) {
    auto const refused = [&](std::string const& text, std::string const& message) {
        auto const done = indexer({"endpoints", "--config", config(text)});
        EXPECT_EQ(done.exit_code, 2) << text;
        EXPECT_NE(done.err.find(message), std::string::npos) << done.err;
        EXPECT_EQ(done.err.find("opensesame"), std::string::npos) << done.err;
    };
    refused("[endpoint.mine]\nrps = 5\n", "endpoint.mine has no url");
    refused("[endpoint.mine]\nurl = \"http://h\"\nrps = \"http://opensesame\"\n",
            "endpoint.mine.rps: a positive number is expected");
    refused("[endpoint.mine]\nurl = \"http://h\"\ncolour = 1\n", "endpoint.mine.colour: not known");
    refused("[endpoint.mine]\nurl = \"http://h\"\nheader = \"opensesame12345\"\n",
            "malformed header");
    refused("rpc-url = \"http://h\"\n[endpoint.mine]\nurl = \"http://h\"\n",
            "rpc-url and [endpoint] tables");
}

}  // namespace
}  // namespace indexer::test
