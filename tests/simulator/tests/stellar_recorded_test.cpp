#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <simdjson.h>
#include <zlib.h>

#include "tests/simulator/tests/running_simulator.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::simulator {
namespace {

// Requests to a node that holds some real ledgers, and what a model of the server's source answers
// to them.
struct Answers {
    char const* folder;
    char const* network;
    char const* oldest;
    char const* latest;
    std::size_t requests;  // whose answers are in base64, or have no XDR
};

std::ostream& operator<<(std::ostream& out, Answers const& answers) {
    return out << answers.folder;
}

std::string read_any(std::filesystem::path const& file) {
    std::string bytes(32U << 20U, '\0');
    auto* const source = ::gzopen(file.c_str(), "rb");
    auto const size = ::gzread(source, bytes.data(), static_cast<unsigned>(bytes.size()));
    ::gzclose(source);
    bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return bytes;
}

std::string member(std::string const& json, char const* name) {
    simdjson::dom::parser parser;
    simdjson::dom::element found;
    if (parser.parse(json)[name].get(found) != simdjson::SUCCESS) return "";
    return simdjson::minify(found);
}

class StellarRecorded : public ::testing::TestWithParam<Answers> {};

TEST_P(StellarRecorded, AnswersAsTheServerDoes) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const& answers = GetParam();
    auto const data = test::shared_data() / "stellar";
    RunningSimulator node({"--chain", "stellar", "--recorded", data / "ledgers", "--network",
                           answers.network, "--first-available", answers.oldest, "--tip",
                           answers.latest});
    std::size_t compared = 0;
    for (auto const& file : test::files_in(data / "rpc" / answers.folder, "")) {
        auto const name = file.filename().string();
        constexpr std::string_view kRequest = ".req.json";
        if (!name.ends_with(kRequest) || name.find(".json.") < name.size() - kRequest.size()) {
            continue;
        }
        auto answer = file.string().substr(0, file.string().size() - kRequest.size()) + ".json";
        if (!std::filesystem::exists(answer)) answer += ".gz";
        auto const expected = read_any(answer);
        auto const actual = node.post("/", read_any(file)).body;
        for (char const* part : {"result", "error", "id"}) {
            EXPECT_EQ(member(actual, part), member(expected, part)) << name;
        }
        ++compared;
    }
    EXPECT_EQ(compared, answers.requests);
}

INSTANTIATE_TEST_SUITE_P(
    Nodes, StellarRecorded,
    ::testing::Values(Answers{"pubnet-p20", "pubnet", "51000294", "51000294", 24},
                      Answers{"pubnet-p26-a", "pubnet", "63092988", "63092988", 45},
                      Answers{"pubnet-p26-b", "pubnet", "63092990", "63092990", 20},
                      Answers{"testnet-p20", "testnet", "997", "999", 15}),
    [](auto const& instance) {
        std::string name = instance.param.folder;
        std::erase(name, '-');
        return name;
    });

}  // namespace
}  // namespace indexer::simulator
