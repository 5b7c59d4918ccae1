// Rows of real ledgers against what others say of the same: the summaries of expected/, what a
// model of the RPC server answers, and the ledger's own JSON.

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include "stellar/strkey.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/golden/stellar/row_reader.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::test {
namespace {

namespace dom = simdjson::dom;

// The same ledgers by the names of the files that hold them and of those that sum them up.
struct Ledgers {
    char const* file;
    char const* summaries;
};

std::ostream& operator<<(std::ostream& out, Ledgers const& ledgers) {
    return out << ledgers.file;
}

std::string text(dom::element value) {
    if (value.is_null()) return "NULL";
    return std::string(std::string_view(value));
}

std::vector<std::string> texts(dom::element values) {
    std::vector<std::string> list;
    for (auto const value : dom::array(values)) list.push_back(text(value));
    return list;
}

// Account and id of a row put together again: G... or M....
std::string whole_address(RowReader const& rows, std::size_t row) {
    auto const account = rows.cell(row, "source_account");
    auto const id = rows.cell(row, "muxed_account_id");
    if (id == "NULL") return account;
    auto payload = stellar::parse_strkey(account).value().payload;
    auto const number = std::stoull(id);
    for (unsigned shift = 64; shift > 0;) payload += static_cast<char>(number >> (shift -= 8));
    return stellar::format_strkey(stellar::StrKeyKind::muxed_account, payload);
}

class RealRows : public ::testing::TestWithParam<Ledgers> {
  protected:
    void SetUp() override {
        INDEXER_REQUIRE_SHARED_DATA();
        blocks_ = decode_pubnet(GetParam().file);
    }

    [[nodiscard]] RowReader rows(std::string_view table) const { return {blocks_, table}; }

    // Calls `check` with each transaction's line and its row.
    template <class Check>
    void for_each_summary(Check check) {
        auto const transactions = rows("transactions");
        std::map<std::string, std::size_t> by_id;
        for (std::size_t row = 0; row < transactions.size(); ++row) {
            by_id.emplace(transactions.cell(row, "id"), row);
        }
        auto const file = stellar_data() / "expected/transactions" /
                          (std::string(GetParam().summaries) + ".ndjson.gz");
        std::size_t seen = 0;
        for (auto const& line : read_lines(file)) {
            auto const document = dom::element(parser_.parse(line));
            auto const found = by_id.find(text(document["hash"]));
            if (found == by_id.end()) continue;  // the summaries have only some ledgers of a batch
            ++seen;
            check(document["summary"], transactions, found->second);
        }
        EXPECT_GT(seen, 100U) << "too few to mean anything";
    }

    dom::parser parser_;
    std::vector<model::Block> blocks_;
};

TEST_P(RealRows, TransactionsSayWhatTheirSummariesSay) {
    for_each_summary([](dom::element summary, RowReader const& rows, std::size_t row) {
        bool const fee_bump = summary["envelope_type"].get_string().value() == "tx_fee_bump";
        EXPECT_EQ(whole_address(rows, row), text(summary["source_account"]));
        EXPECT_EQ(rows.cell(row, "fee"), text(summary["fee_bid"]));
        EXPECT_EQ(rows.cell(row, "fee_charged"), text(summary["fee_charged"]));
        EXPECT_EQ(rows.cell(row, "sequence"), text(summary["sequence"]));
        EXPECT_EQ(rows.cell(row, "result_code"), text(summary["code"]));
        EXPECT_EQ(rows.cell(row, "status"), bool(summary["successful"]) ? "SUCCESS" : "FAILED");
        EXPECT_EQ(rows.cell(row, "fee_bump"), fee_bump ? "true" : "false");
        if (!fee_bump) return;
        dom::parser parser;
        auto const info = dom::element(parser.parse(rows.cell(row, "fee_bump_info")));
        EXPECT_EQ(text(info["source_account"]), text(summary["fee_source"]));
        EXPECT_EQ(text(info["inner_result_code"]), text(summary["inner_code"]));
    });
}

TEST_P(RealRows, OperationsSayWhatTheSummariesSay) {
    auto const operations = rows("operations");
    std::map<std::string, std::vector<std::string>> by_transaction;
    std::map<std::string, std::vector<std::string>> results;
    for (std::size_t row = 0; row < operations.size(); ++row) {
        auto const id = operations.cell(row, "tx_hash");
        auto const type = operations.cell(row, "operation_type");
        auto const code = operations.cell(row, "result_code");
        by_transaction[id].push_back(type);
        if (code == "NULL") continue;
        auto const whole = code.starts_with("op_") ? code : fmt::format("{}:{}", type, code);
        results[id].push_back(whole);
    }
    for_each_summary([&](dom::element summary, RowReader const& rows, std::size_t row) {
        auto const id = rows.cell(row, "id");
        EXPECT_EQ(by_transaction[id], texts(summary["op_types"])) << id;
        EXPECT_EQ(results[id], texts(summary["op_results"])) << id;
    });
}

TEST_P(RealRows, EventsAndTokenOperationsAreThoseOfTheSummaries) {
    auto const events = rows("events");
    auto const token_operations = rows("token_operations");
    std::map<std::string, std::uint64_t> counts;
    for (std::size_t row = 0; row < events.size(); ++row) ++counts[events.cell(row, "tx_hash")];
    std::map<std::string, std::set<std::string>> types;
    for (std::size_t row = 0; row < token_operations.size(); ++row) {
        types[token_operations.cell(row, "tx_hash")].insert(token_operations.cell(row, "type"));
    }
    std::set<std::string> const known{"transfer", "mint",           "burn",      "clawback",
                                      "approve",  "set_authorized", "set_admin", "fee"};
    for_each_summary([&](dom::element summary, RowReader const& rows, std::size_t row) {
        auto const id = rows.cell(row, "id");
        EXPECT_EQ(counts[id], std::uint64_t(summary["events"])) << id;
        std::set<std::string> names;
        for (auto const& name : texts(summary["event_names"])) {
            if (known.contains(name)) names.insert(name);
        }
        EXPECT_EQ(types[id], names) << id;
    });
}

TEST_P(RealRows, FeeEventsAddUpToTheFeeCharged) {
    auto const token_operations = rows("token_operations");
    std::map<std::string, std::int64_t> fees;
    for (std::size_t row = 0; row < token_operations.size(); ++row) {
        if (token_operations.cell(row, "type") != "fee") continue;
        EXPECT_EQ(token_operations.cell(row, "is_stellar_asset"), "true");
        fees[token_operations.cell(row, "tx_hash")] +=
            std::stoll(token_operations.cell(row, "amount"));
    }
    for_each_summary([&](dom::element summary, RowReader const& rows, std::size_t row) {
        if (summary["meta_version"].get_string().value() != "v4") return;
        auto const id = rows.cell(row, "id");
        EXPECT_EQ(std::to_string(fees[id]), rows.cell(row, "fee_charged")) << id;
    });
}

// What the changes of a ledger leave of each account, from its JSON.
class LastStates {
  public:
    void take(dom::element changes) {
        for (auto const change : dom::array(changes)) {
            for (auto const [kind, content] : dom::object(change)) {
                dom::element account;
                if (kind == "removed") {
                    if (content["account"].get(account) == simdjson::SUCCESS) {
                        states[text(account["account_id"])] = "deleted";
                    }
                } else if (kind != "state" &&
                           content["data"]["account"].get(account) == simdjson::SUCCESS) {
                    states[text(account["account_id"])] =
                        text(account["balance"]) + ' ' + text(account["seq_num"]) + ' ' +
                        text(account["home_domain"]) + ' ' +
                        std::string(std::string_view(account["thresholds"]));
                }
            }
        }
    }

    void take_all(dom::element ledger, std::string_view key) {
        for (auto const one : dom::array(ledger["tx_processing"])) {
            dom::element changes;
            if (one[key].get(changes) == simdjson::SUCCESS) take(changes);
        }
    }

    void take_meta(dom::element meta) {
        for (auto const [version, content] : dom::object(meta)) {
            take(content["tx_changes_before"]);
            for (auto const operation : dom::array(content["operations"])) {
                take(operation["changes"]);
            }
            take(content["tx_changes_after"]);
        }
    }

    std::map<std::string, std::string> states;
};

TEST_P(RealRows, AccountEntriesAreTheLastStateOfTheLedger) {
    auto const file =
        stellar_data() / "expected/ledgers" / (std::string(GetParam().file) + ".json.gz");
    std::map<std::string, std::string> expected;
    for (auto const& line : read_lines(file)) {
        LastStates last;
        auto const document = dom::object(parser_.parse(line));
        auto const ledger = (*document.begin()).value;
        last.take_all(ledger, "fee_processing");
        for (auto const one : dom::array(ledger["tx_processing"])) {
            last.take_meta(one["tx_apply_processing"]);
        }
        last.take_all(ledger, "post_tx_apply_fee_processing");
        for (auto const& [account, state] : last.states) expected[account] = state;
    }
    auto const accounts = rows("account_entries");
    std::map<std::string, std::string> actual;
    for (std::size_t row = 0; row < accounts.size(); ++row) {
        actual[accounts.cell(row, "account_id")] =
            accounts.cell(row, "deleted") == "true"
                ? "deleted"
                : accounts.cell(row, "balance") + ' ' + accounts.cell(row, "seq_num") + ' ' +
                      accounts.cell(row, "home_domain") + ' ' +
                      accounts.cell(row, "thresholds").substr(2);
    }
    EXPECT_GT(actual.size(), 100U);
    EXPECT_EQ(actual, expected);
}

INSTANTIATE_TEST_SUITE_P(, RealRows,
                         ::testing::Values(Ledgers{"pubnet-51000294", "pubnet-51000294"},
                                           Ledgers{"pubnet-53312000-batch", "pubnet-53312000"},
                                           Ledgers{"pubnet-57500008", "pubnet-57500008"},
                                           Ledgers{"pubnet-63092988", "pubnet-63092988"},
                                           Ledgers{"pubnet-63092990", "pubnet-63092990"}),
                         [](auto const& test) {
                             return std::string(test.param.summaries).replace(6, 1, "_");
                         });

// Every event of a page of getEvents has a row that says the same.
TEST(RealEvents, AreThoseOfGetEvents) {
    INDEXER_REQUIRE_SHARED_DATA();
    for (std::array const names : {std::array{"pubnet-p26-a", "pubnet-63092988"},
                                   std::array{"pubnet-p26-b", "pubnet-63092990"},
                                   std::array{"pubnet-p20", "pubnet-51000294"}}) {
        auto const* const folder = names[0];
        auto const blocks = decode_pubnet(names[1]);
        RowReader const events(blocks, "events");
        std::map<std::string, std::size_t> by_id;
        for (std::size_t row = 0; row < events.size(); ++row) {
            by_id.emplace(events.cell(row, "id"), row);
        }
        auto const page =
            read_whole(stellar_data() / "rpc" / folder / "getEvents.base64.0.json.gz");
        dom::parser parser;
        auto const document = dom::element(parser.parse(page));
        std::size_t seen = 0;
        for (auto const event : dom::array(document["result"]["events"])) {
            auto const id = text(event["id"]);
            ASSERT_TRUE(by_id.contains(id)) << folder << ' ' << id;
            auto const row = by_id.at(id);
            auto const is = [&](std::string_view column, std::string const& expected) {
                EXPECT_EQ(events.cell(row, column), expected) << folder << ' ' << id;
            };
            is("type", text(event["type"]));
            is("contract_id", text(event["contractId"]));
            is("tx_hash", text(event["txHash"]));
            is("topics_xdr", simdjson::minify(dom::element(event["topic"])));
            is("value_xdr", text(event["value"]));
            // Events of a transaction as a whole have a place there that is none's.
            auto const place = std::to_string(std::uint64_t(event["transactionIndex"]));
            if (events.cell(row, "stage") == "NULL") is("transaction_index", place);
            ++seen;
        }
        EXPECT_GT(seen, 100U) << folder;
    }
}

}  // namespace
}  // namespace indexer::test
