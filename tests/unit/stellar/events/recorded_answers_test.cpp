#include <map>
#include <set>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "stellar/events/event_decoder.hpp"
#include "stellar/events/gathered.hpp"
#include "stellar/ledger_decoder.hpp"
#include "stellar/tables.hpp"
#include "stellar/verdict.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/rows_text.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::test {
namespace {

namespace dom = simdjson::dom;

// Rows of some tables, as text, in an order of their own.
using Rows = std::map<std::string, std::multiset<std::string>>;

void add_rows(Rows& rows, model::Block const& block) {
    for (model::RowBatch const& batch : block.rows) {
        auto& table = rows[std::string(batch.table().name)];
        for (std::size_t row = 0; row < batch.rows(); ++row) {
            std::string text;
            for (std::size_t i = 0; i < batch.table().columns.size(); ++i) {
                text += cell_text(batch.column(i), row) + '\t';
            }
            table.insert(std::move(text));
        }
    }
}

// Elements of every answer to a method in base64 that a folder has.
std::vector<std::string> elements(std::filesystem::path const& folder, std::string const& method,
                                  char const* list) {
    std::vector<std::string> all;
    dom::parser parser;
    for (auto const& file : files_in(folder, method)) {
        if (file.filename().string().find(".req.") != std::string::npos) continue;
        dom::element const answer = parser.parse(read_whole(file));
        for (dom::element const element : answer["result"][list].get_array()) {
            all.push_back(simdjson::minify(element));
        }
    }
    return all;
}

// An answer to getEvents, getTransactions or getLedgerEntries is what event mode gathers.
class RecordedAnswers : public ::testing::TestWithParam<char const*> {
  protected:
    void SetUp() override { INDEXER_REQUIRE_SHARED_DATA(); }
};

TEST_P(RecordedAnswers, GiveTheRowsThatTheLedgerGives) {
    auto const folder = stellar_data() / "rpc" / GetParam();
    std::vector<stellar::ListedEvent> events;
    for (auto const& json : elements(folder, "getEvents.base64.", "events")) {
        events.push_back({.id = {}, .transaction = {}, .json = json});
    }
    auto const gathered =
        stellar::gathered_json(events, elements(folder, "getTransactions.base64.", "transactions"),
                               elements(folder, "getLedgerEntries.base64", "entries"));
    dom::parser parser;
    std::string const network(
        parser.parse(read_whole(folder / "getNetwork.json"))["result"]["passphrase"]
            .get_string()
            .value());
    stellar::Content content;
    std::erase(content.tables, &stellar::ledgers_table());

    Rows expected;
    std::vector<base::Seq> seqs;
    stellar::LedgerDecoder decoder(network, content);
    for (auto const& json : elements(folder, "getLedgers.base64", "ledgers")) {
        auto const meta = from_base64(parser.parse(json)["metadataXdr"].get_string());
        auto const block = decoder.decode(meta);
        seqs.push_back(block.link.seq);
        add_rows(expected, block);
    }
    Rows actual;
    auto const blocks = stellar::decode_gathered(
        gathered, base::SeqRange::inclusive(seqs.front(), seqs.back()), network, content);
    for (auto const& block : blocks) {
        EXPECT_TRUE(block.dead_letters.empty());
        add_rows(actual, block);
    }
    for (char const* table : {"stellar.transactions", "stellar.operations", "stellar.events",
                              "stellar.token_operations", "stellar.contract_code"}) {
        EXPECT_EQ(actual[table], expected[table]) << table;
    }
    // The answer has some of the accounts only.
    EXPECT_FALSE(actual["stellar.account_entries"].empty());
    for (auto const& row : actual["stellar.account_entries"]) {
        EXPECT_EQ(expected["stellar.account_entries"].count(row), 1U) << row;
    }
}

INSTANTIATE_TEST_SUITE_P(Nodes, RecordedAnswers,
                         ::testing::Values("pubnet-p20", "pubnet-p26-a", "pubnet-p26-b",
                                           "testnet-p20"),
                         [](auto const& instance) {
                             std::string name = instance.param;
                             std::erase(name, '-');
                             return name;
                         });

// What to do about an error answer.
struct Action {
    rpc::Verdict verdict;
    bool out_of_range = false;
};

std::map<std::string, Action> actions() {
    using rpc::Verdict;
    Action const elsewhere{Verdict::refused, true};
    return {{"getEvents.future", elsewhere},
            {"getEvents.too-old", elsewhere},
            {"getLedgers.cursor", elsewhere},
            {"getLedgers.range", elsewhere},
            {"getTransactions.old-cursor", elsewhere},
            {"getTransactions.too-old", elsewhere},
            {"method", {Verdict::refused}}};
}

TEST(RecordedErrors, AreReadAsWhatCanBeDone) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const known = actions();
    std::size_t read = 0;
    for (auto const& file : files_in(stellar_data() / "rpc/pubnet-p26-a", "error.")) {
        auto const name = file.filename().string();
        if (name.find(".req.") != std::string::npos) continue;
        auto const what = name.substr(6, name.size() - 11);
        dom::parser parser;
        dom::element const error = parser.parse(read_whole(file))["error"];
        std::string_view const message = error["message"];
        auto const found = known.find(what);
        auto const expected = found == known.end() ? Action{rpc::Verdict::never} : found->second;
        EXPECT_EQ(stellar::verdict(error["code"], message), expected.verdict) << what;
        EXPECT_EQ(stellar::says_out_of_range(message), expected.out_of_range) << what;
        ++read;
    }
    EXPECT_EQ(read, 21U);
}

TEST(RecordedErrors, OfOtherServersAreReadByTheirCodes) {
    INDEXER_REQUIRE_SHARED_DATA();
    std::map<std::int64_t, rpc::Verdict> const by_code{{-32600, rpc::Verdict::never},
                                                       {-32601, rpc::Verdict::refused},
                                                       {-32602, rpc::Verdict::never},
                                                       {-32603, rpc::Verdict::ailing}};
    std::size_t read = 0;
    for (auto const& file : files_in(stellar_data() / "errors", "error.")) {
        dom::parser parser;
        dom::element const error = parser.parse(read_whole(file))["error"];
        std::int64_t const code = error["code"];
        EXPECT_EQ(stellar::verdict(code, error["message"].get_string()), by_code.at(code)) << file;
        ++read;
    }
    EXPECT_EQ(read, 9U);
}

}  // namespace
}  // namespace indexer::test
