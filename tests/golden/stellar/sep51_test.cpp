// Decoded chain data against the JSON that stellar-xdr-json 27, the network's own tool, wrote.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::test {
namespace {

namespace dom = simdjson::dom;

using FieldTypes = std::map<std::string_view, std::string_view>;

FieldTypes const transaction_fields{{"envelope", "TransactionEnvelope"},
                                    {"result", "TransactionResult"},
                                    {"meta", "TransactionMeta"},
                                    {"fee_changes", "LedgerEntryChanges"},
                                    {"post_fee_changes", "LedgerEntryChanges"}};

// The tools spell a few names as Rust does.
std::string_view in_our_words(std::string_view type) {
    return type == "ScVal" ? "SCVal" : type;
}

TEST(Sep51, ValuesOfEveryKind) {
    INDEXER_REQUIRE_SHARED_DATA();
    dom::parser parser;
    for (auto const& file : files_ending(stellar_data() / "expected/values", ".ndjson.gz")) {
        int values = 0;
        for (auto const& text : read_lines(file)) {
            auto const line = parser.parse(text);
            auto const bytes = from_base64(line["b64"]);
            for (auto const [type, json] : line["as"].get_object()) {
                EXPECT_TRUE(decodes_to(in_our_words(type), bytes, simdjson::minify(json)))
                    << file.filename() << ": " << line["b64"];
                ++values;
            }
        }
        EXPECT_GT(values, 0) << file.filename();
        RecordProperty(name_without(file, ".ndjson.gz"), values);
    }
}

TEST(Sep51, Transactions) {
    INDEXER_REQUIRE_SHARED_DATA();
    dom::parser inputs;
    dom::parser outputs;
    for (auto const& file : files_ending(stellar_data() / "expected/transactions", ".ndjson.gz")) {
        auto const name = name_without(file, ".ndjson.gz");
        auto const given = read_lines(only_file(stellar_data() / "transactions", name));
        auto const expected = read_lines(file);
        ASSERT_EQ(given.size(), expected.size());
        int values = 0;
        for (std::size_t i = 0; i < given.size(); ++i) {
            auto const input = inputs.parse(given[i]);
            for (auto const [field, json] : outputs.parse(expected[i]).get_object()) {
                auto const type = transaction_fields.find(field);
                if (type == transaction_fields.end()) continue;
                EXPECT_TRUE(
                    decodes_to(type->second, from_base64(input[field]), simdjson::minify(json)))
                    << name << " " << input["id"] << " " << field;
                ++values;
            }
        }
        EXPECT_GE(values, static_cast<int>(given.size())) << name;
        RecordProperty(name, values);
    }
}

// ".events[0].topic[1]", from an answer's result, as a JSON pointer.
std::string as_pointer(std::string_view path) {
    std::string pointer;
    for (char const c : path) {
        if (c == '.' || c == '[') {
            pointer += '/';
        } else if (c != ']') {
            pointer += c;
        }
    }
    return pointer;
}

TEST(Sep51, RpcAnswers) {
    INDEXER_REQUIRE_SHARED_DATA();
    dom::parser answers;
    dom::parser outputs;
    int values = 0;
    for (auto const& file : files_ending(stellar_data() / "expected/rpc", ".json.gz")) {
        auto const captured =
            read_whole(stellar_data() / "rpc/captured" / name_without(file, ".gz"));
        auto const result = answers.parse(captured)["result"];
        auto const expected = read_whole(file);
        for (auto const [path, one] : outputs.parse(expected).get_object()) {
            std::string_view type;
            if (one["type"].get(type) != simdjson::SUCCESS) continue;  // not of any release
            std::string_view const base64 = result.at_pointer(as_pointer(path));
            EXPECT_TRUE(
                decodes_to(in_our_words(type), from_base64(base64), simdjson::minify(one["json"])))
                << file.filename() << path;
            ++values;
        }
    }
    EXPECT_GT(values, 0);
    RecordProperty("values", values);
}

TEST(Sep51, OperationsOfAllTypes) {
    INDEXER_REQUIRE_SHARED_DATA();
    dom::parser parser;
    int values = 0;
    for (auto const& text : read_lines(stellar_data() / "values/ops.ndjson.gz")) {
        auto const line = parser.parse(text);
        for (std::string const field : {"envelope", "result", "meta"}) {
            EXPECT_TRUE(decodes_to(transaction_fields.at(field), from_base64(line[field]),
                                   simdjson::minify(line[field + "Json"])))
                << line["op"] << " " << line["variant"];
            ++values;
        }
    }
    EXPECT_EQ(values, 3 * 650);
}

TEST(Sep51, ResultsOfAllCodes) {
    INDEXER_REQUIRE_SHARED_DATA();
    dom::parser parser;
    int values = 0;
    for (auto const& text : read_lines(stellar_data() / "values/results.ndjson")) {
        auto const line = parser.parse(text);
        EXPECT_TRUE(
            decodes_to(line["type"], from_base64(line["xdr"]), simdjson::minify(line["json"])))
            << text;
        ++values;
    }
    EXPECT_EQ(values, 220);
}

TEST(Sep51, TokenEvents) {
    INDEXER_REQUIRE_SHARED_DATA();
    dom::parser parser;
    int values = 0;
    for (auto const& text : read_lines(stellar_data() / "values/events.ndjson")) {
        auto const line = parser.parse(text);
        EXPECT_TRUE(
            decodes_to("ContractEvent", from_base64(line["event"]), simdjson::minify(line["json"])))
            << text;
        ++values;
    }
    EXPECT_EQ(values, 35);
}

}  // namespace
}  // namespace indexer::test
