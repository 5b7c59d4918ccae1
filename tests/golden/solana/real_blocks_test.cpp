#include <map>
#include <string>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "solana/block_decoder.hpp"
#include "tests/support/rows_text.hpp"
#include "tests/support/shared_data.hpp"

// Genuine blocks, compared with what a plain walk over the same file finds.
namespace indexer::solana {
namespace {

namespace dom = simdjson::dom;

// Some files hold the block alone.
std::string as_answer(std::string file) {
    dom::parser parser;
    if (parser.parse(file)["result"].error() == simdjson::SUCCESS) return file;
    file = R"({"jsonrpc":"2.0","id":1,"result":)" + file + "}";
    file.reserve(file.size() + simdjson::SIMDJSON_PADDING);
    return file;
}

model::Block decode(std::string const& answer, base::Seq slot) {
    return BlockDecoder({.votes = true, .rewards = true}).decode(answer, slot);
}

std::string cell(model::RowBatch const& rows, std::string_view column, std::size_t row) {
    auto const& columns = rows.table().columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == column) return test::cell_text(rows.column(i), row);
    }
    return "no such column";
}

std::string text_of(dom::element element) {
    return element.is_string() ? std::string(std::string_view(element))
                               : simdjson::to_string(element);
}

// Expects that row `row` says what the file says about its transaction.
void expect_same(dom::element transaction, model::RowBatch const& rows, std::size_t row) {
    auto const message = transaction["transaction"]["message"];
    EXPECT_EQ(cell(rows, "signature", row),
              text_of(transaction["transaction"]["signatures"].at(0).value()));
    EXPECT_EQ(cell(rows, "fee_payer", row), text_of(message["accountKeys"].at(0).value()));
    EXPECT_EQ(cell(rows, "recent_blockhash", row), text_of(message["recentBlockhash"].value()));
    EXPECT_EQ(cell(rows, "instruction_count", row),
              std::to_string(dom::array(message["instructions"]).size()));
    dom::object meta;
    if (transaction["meta"].get(meta) != simdjson::SUCCESS) {
        EXPECT_EQ(cell(rows, "success", row), "NULL");
        return;
    }
    bool const success = meta["err"].is_null();
    EXPECT_EQ(cell(rows, "success", row), success ? "true" : "false");
    EXPECT_EQ(cell(rows, "err", row), success ? "NULL" : simdjson::to_string(meta["err"].value()));
    EXPECT_EQ(cell(rows, "fee", row), text_of(meta["fee"].value()));
    EXPECT_EQ(cell(rows, "account_count", row),
              std::to_string(dom::array(meta["preBalances"]).size()));
}

void expect_same_header(dom::element result, model::Block const& block) {
    EXPECT_EQ(block.link.hash, text_of(result["blockhash"].value()));
    EXPECT_EQ(block.parent.hash, text_of(result["previousBlockhash"].value()));
    EXPECT_EQ(block.parent.seq, base::Seq(std::uint64_t(result["parentSlot"])));
    std::int64_t time = 0;
    bool const has_time = result["blockTime"].get(time) == simdjson::SUCCESS;
    EXPECT_EQ(cell(block.rows.at(0), "block_time", 0), has_time ? std::to_string(time) : "NULL");
}

// Decodes a file and compares every transaction that did not become a dead letter.
model::Block expect_faithful(std::filesystem::path const& file, base::Seq slot) {
    auto const answer = as_answer(test::read_file(file));
    dom::parser parser;
    dom::element const result = parser.parse(answer)["result"];
    auto const block = decode(answer, slot);
    expect_same_header(result, block);

    std::map<std::string, model::DeadLetter> letters;
    for (auto const& letter : block.dead_letters) letters.emplace(letter.path, letter);
    std::size_t index = 0;
    std::size_t row = 0;
    for (dom::element const transaction : dom::array(result["transactions"])) {
        auto const letter = letters.find("transactions[" + std::to_string(index++) + "]");
        if (letter == letters.end()) {
            expect_same(transaction, block.rows.at(1), row++);
        } else {
            EXPECT_FALSE(letter->second.error.empty());
            dom::parser other;
            EXPECT_EQ(simdjson::to_string(other.parse(letter->second.raw).value()),
                      simdjson::to_string(transaction));
        }
    }
    EXPECT_EQ(row, block.rows.at(1).rows());
    EXPECT_EQ(index, block.transactions);
    return block;
}

// Where a file's name does not tell the slot.
model::Block expect_faithful(std::filesystem::path const& file) {
    return expect_faithful(file, base::Seq(std::uint64_t{1} << 40));
}

struct Known {
    std::uint64_t slot;
    std::uint64_t parent;
    std::string transactions;
    std::string failed;
    std::string votes;
    std::string time;
};

class RealBlock : public ::testing::TestWithParam<Known> {};

TEST_P(RealBlock, HasTheKnownFigures) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const& known = GetParam();
    auto const file = "block_" + std::to_string(known.slot) + ".json";
    auto const block =
        expect_faithful(test::shared_data() / "solana/blocks" / file, base::Seq(known.slot));
    EXPECT_EQ(block.parent.seq, base::Seq(known.parent));
    EXPECT_TRUE(block.dead_letters.empty());
    auto const& rows = block.rows.at(0);
    EXPECT_EQ(cell(rows, "transaction_count", 0), known.transactions);
    EXPECT_EQ(cell(rows, "failed_count", 0), known.failed);
    EXPECT_EQ(cell(rows, "vote_count", 0), known.votes);
    EXPECT_EQ(cell(rows, "block_time", 0), known.time);
}

INSTANTIATE_TEST_SUITE_P(
    , RealBlock,
    ::testing::Values(Known{18144001, 18144000, "89", "4", "89", "NULL"},
                      Known{64800004, 64799999, "11", "5", "0", "1612972004"},
                      Known{254170887, 254170886, "602", "305", "158", "1710441678"},
                      Known{332254855, 332254854, "1445", "262", "1085", "1744174462"}),
    [](auto const& test) { return std::to_string(test.param.slot); });

TEST(RealBlocks, OfVersionOne) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const block =
        expect_faithful(test::shared_data() / "solana/blocks/getBlock_449391489_excerpt_v1.json");
    auto const& rows = block.rows.at(1);
    ASSERT_EQ(rows.rows(), 1U);
    EXPECT_EQ(cell(rows, "version", 0), "1");
    EXPECT_EQ(cell(rows, "compute_unit_limit", 0), "19");
    EXPECT_EQ(cell(rows, "priority_fee", 0), "3");
    EXPECT_EQ(cell(rows, "cost_units", 0), "1351");
}

TEST(RealBlocks, WithoutVotesHasTheOtherRowsOnly) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const answer = test::read_file(test::shared_data() / "solana/blocks/block_332254855.json");
    auto const block = BlockDecoder({}).decode(answer, base::Seq(332254855));
    EXPECT_EQ(block.rows.at(1).rows(), 1445U - 1085U);
    EXPECT_EQ(block.transactions, 1445U);
    EXPECT_EQ(cell(block.rows.at(0), "vote_count", 0), "1085");
    EXPECT_EQ(cell(block.rows.at(0), "rewards", 0), "NULL");
}

class OtherBlocks : public ::testing::TestWithParam<char const*> {};

TEST_P(OtherBlocks, DecodeOrBecomeDeadLetters) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const files =
        test::files_in(test::shared_data() / "solana/transactions" / GetParam(), "block_");
    ASSERT_FALSE(files.empty());
    for (auto const& file : files) {
        SCOPED_TRACE(file.filename());
        // Its node did not know the parent's hash, so that it is refused.
        if (file.filename().string().find("without_parent_hash") != std::string::npos) continue;
        auto const block = expect_faithful(file);
        for (auto const& letter : block.dead_letters) {
            RecordProperty(file.filename().string() + " " + letter.path, letter.error);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(, OtherBlocks,
                         ::testing::Values("blocto", "chainstorage", "solana-go", "solnet",
                                           "twiagle-testnet"));

TEST(RealBlocks, OfDevnet) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const block = expect_faithful(test::shared_data() /
                                       "solana/transactions/solders/get_block_json_encoding.json");
    EXPECT_EQ(block.rows.at(1).rows(), 25U);
}

}  // namespace
}  // namespace indexer::solana
