// Rows of stellar-core's own test ledgers, of every protocol from 20 on, against what the reference
// says of each ledger and its transactions.

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "stellar/ledger_decoder.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/golden/stellar/row_reader.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::test {
namespace {

namespace dom = simdjson::dom;

std::string text(dom::element value) {
    return std::string(std::string_view(value));
}

class CoreRows : public ::testing::TestWithParam<char const*> {
  protected:
    void SetUp() override { INDEXER_REQUIRE_SHARED_DATA(); }

    static std::vector<model::Block> decode() {
        stellar::LedgerDecoder decoder("(V) (;,,;) (V)", {});  // the network of its tests
        std::vector<model::Block> blocks;
        for_each_ledger(stellar_data() / "ledgers" / (std::string(GetParam()) + ".xdr.gz"),
                        [&](auto const& ledger) { blocks.push_back(decoder.read(ledger)); });
        return blocks;
    }

    static std::vector<std::string> summaries() {
        return read_lines(stellar_data() / "expected/ledgers" /
                          (std::string(GetParam()) + ".summary.ndjson.gz"));
    }
};

void expect_transaction(dom::element said, RowReader const& transactions, std::size_t row,
                        RowReader const& events) {
    auto const id = text(said["hash"]);
    EXPECT_EQ(transactions.cell(row, "id"), id);
    EXPECT_EQ(transactions.cell(row, "fee_charged"), text(said["fee_charged"])) << id;
    EXPECT_EQ(transactions.cell(row, "result_code"), text(said["code"])) << id;
    EXPECT_EQ(events.where("tx_hash", id).size(), std::uint64_t(said["events"])) << id;
}

TEST_P(CoreRows, SayWhatTheReferenceSaysOfEachLedger) {
    auto const blocks = decode();
    auto const lines = summaries();
    ASSERT_EQ(blocks.size(), lines.size());
    dom::parser parser;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto const said = dom::element(parser.parse(lines[i]));
        auto const& block = blocks[i];
        EXPECT_EQ(block.link.seq.value(), std::uint64_t(said["seq"]));
        EXPECT_EQ(block.link.hash, text(said["hash"]));
        EXPECT_TRUE(block.dead_letters.empty()) << i << ": " << block.dead_letters.front().error;
        std::vector const alone{block};
        RowReader const transactions(alone, "transactions");
        RowReader const events(alone, "events");
        auto const expected = dom::array(said["txs"]);
        ASSERT_EQ(transactions.size(), expected.size()) << i;
        std::size_t row = 0;
        for (auto const transaction : expected) {
            expect_transaction(transaction, transactions, row++, events);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(, CoreRows,
                         ::testing::Values("core-BeginSponsoringFutureReservesTests",
                                           "core-MergeTests", "core-OfferTests",
                                           "core-PathPaymentTests", "core-TxEnvelopeTests",
                                           "core-TxResultsTests", "core-p28-arms",
                                           "core-soroban-sample"),
                         [](auto const& test) {
                             std::string name(test.param + 5);
                             std::erase(name, '-');
                             return name;
                         });

}  // namespace
}  // namespace indexer::test
