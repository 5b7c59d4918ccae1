#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "pg/connection.hpp"
#include "solana/block_decoder.hpp"
#include "solana/tables.hpp"
#include "sql/statements.hpp"
#include "store/migrations.hpp"
#include "store/table_rows.hpp"
#include "tests/places.hpp"
#include "tests/support/connection_options.hpp"
#include "tests/support/rows_text.hpp"
#include "tests/support/shared_data.hpp"
#include "tests/support/temp_database.hpp"

// What the decoder makes of a block, through the upserts, against a migrated database.
namespace indexer::solana {
namespace {

using model::ColumnType;

// A block with transactions of every kind.
model::Block block(Content const& content = {.votes = true, .rewards = true}) {
    auto const* const file = INDEXER_SOURCE_DIR "/tests/golden/solana/200_every_kind.json";
    return BlockDecoder(content).decode(test::read_file(file), base::Seq(200));
}

// A made-up block with transfers and swaps.
model::Block busy_block() {
    auto const* const file = INDEXER_SOURCE_DIR "/tests/golden/solana/1004_simulated.json";
    return BlockDecoder({}).decode(test::read_file(file), base::Seq(1004));
}

std::size_t rows_in(model::Block const& block) {
    std::size_t rows = 0;
    for (auto const& batch : block.rows) rows += batch.rows();
    return rows;
}

// The expression that shows a column as test::cell_text() does.
std::string shown(model::ColumnSpec const& column) {
    auto const name = std::string(column.name);
    switch (column.type) {
        case ColumnType::timestamptz:
            return "extract(epoch from " + name + ")::bigint";
        case ColumnType::boolean:
            return "case " + name + " when true then 'true' when false then 'false' end";
        default:
            return name;
    }
}

std::string query_for(model::Table const& table) {
    std::string columns;
    for (auto const& column : table.columns) {
        columns.append(columns.empty() ? "" : ", ").append(shown(column));
    }
    std::string key = "1";
    for (std::size_t i = 2; i <= table.key_columns; ++i) key += ", " + std::to_string(i);
    return "select " + columns + " from " + std::string(table.name) + " order by " + key;
}

class SolanaUpsert : public test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        connection_.emplace(pg::Connection::open(test::connection_options(database_->url()), {}));
        store::Migrations().apply(*connection_, {});
    }

    // Rows inserted or updated.
    std::uint64_t write(model::RowBatch const& batch) {
        store::TableRows rows(batch.table());
        rows.add(batch);
        rows.arrange();
        auto const columns = rows.columns(0, rows.size());
        std::vector<pg::Parameter> const parameters(columns.begin(), columns.end());
        return connection_->execute(batch.table().upsert, parameters, {}).affected();
    }

    std::uint64_t write(model::Block const& block) {
        std::uint64_t changed = 0;
        for (auto const& batch : block.rows) changed += write(batch);
        return changed;
    }

    test::Rows query(std::string const& sql) { return test::query(database_->url(), sql); }

    // The cell as the database would show it: jsonb has its own order and spelling.
    std::string expected(model::Column const& column, std::size_t row) {
        auto text = test::cell_text(column, row);
        if (column.type() != ColumnType::jsonb || column.is_null(row)) return text;
        return query("select $json$" + text + "$json$::jsonb").front().front();
    }

    void expect_stored(model::RowBatch const& batch) {
        auto const& table = batch.table();
        auto const stored = query(query_for(table));
        ASSERT_EQ(stored.size(), batch.rows());
        for (std::size_t row = 0; row < batch.rows(); ++row) {
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                auto const& column = table.columns[i];
                EXPECT_EQ(stored[row][i], expected(batch.column(i), row))
                    << table.name << '.' << column.name << " of row " << row;
            }
        }
    }

    std::optional<pg::Connection> connection_;
};

TEST_F(SolanaUpsert, StoresEveryCellAsItWasDecoded) {
    auto const decoded = block();
    EXPECT_EQ(write(decoded), rows_in(decoded));
    for (auto const& batch : decoded.rows) expect_stored(batch);
}

TEST_F(SolanaUpsert, StoresTransfersAndSwaps) {
    auto const decoded = busy_block();
    for (auto const& batch : decoded.rows) EXPECT_GT(batch.rows(), 0U) << batch.table().name;
    EXPECT_EQ(write(decoded), rows_in(decoded));
    for (auto const& batch : decoded.rows) expect_stored(batch);
    EXPECT_EQ(write(decoded), 0U);
}

TEST_F(SolanaUpsert, ReplacesTransfersAndSwapsThatDiffer) {
    write(busy_block());
    query("update solana.token_transfers set amount = 1, to_address = null");
    query("update solana.sol_transfers set lamports = 1");
    query("update solana.swaps set leg_program = 'x', fee_amount = 1");
    auto const decoded = busy_block();
    EXPECT_EQ(write(decoded),
              decoded.rows.at(2).rows() + decoded.rows.at(3).rows() + decoded.rows.at(4).rows());
    for (auto const& batch : decoded.rows) expect_stored(batch);
}

TEST_F(SolanaUpsert, AddsWhatIsMissingBetweenRowsThatAreThere) {
    write(busy_block());
    query("delete from solana.transactions where transaction_index % 2 = 0");
    query("delete from solana.token_transfers where inner_index % 2 = 0");
    auto const decoded = busy_block();
    EXPECT_GT(write(decoded), 0U);
    for (auto const& batch : decoded.rows) expect_stored(batch);
    EXPECT_EQ(write(decoded), 0U);
}

// A statement is planned once a connection, often for a table that is still empty: what looks cheap
// then, a walk through an index whose first column is not known, would cost ever more.
TEST_F(SolanaUpsert, LooksForRowsByThePrimaryKeyAlone) {
    for (model::Table const* const table : tables()) {
        std::string nulls = "null";
        for (std::size_t i = 1; i < table->columns.size(); ++i) nulls += ", null";
        auto const plan =
            query("prepare setup as " + std::string(sql::store::writer_session) +
                  "; execute setup(false); prepare upsert as " + std::string(table->upsert) +
                  "; explain execute upsert(" + nulls + ")");
        std::size_t scans = 0;
        for (auto const& line : plan) {
            EXPECT_EQ(line.front().find("Seq Scan"), std::string::npos) << line.front();
            if (line.front().find(" using ") == std::string::npos) continue;
            ++scans;
            EXPECT_NE(line.front().find("_pkey on "), std::string::npos) << line.front();
        }
        EXPECT_GT(scans, 0U) << table->name;
    }
}

TEST_F(SolanaUpsert, ASecondRunTouchesNothing) {
    write(block());
    auto const* const versions =
        "select xmin, ctid from solana.transactions union all "
        "select xmin, ctid from solana.blocks order by 2";
    auto const before = query(versions);
    EXPECT_EQ(write(block()), 0U);
    EXPECT_EQ(query(versions), before);
}

TEST_F(SolanaUpsert, ReplacesOnlyWhatDiffers) {
    write(block());
    query(
        "update solana.transactions set fee = 1, err = null, success = true "
        "where transaction_index = 1");
    EXPECT_EQ(write(block()), 1U);
    for (auto const& batch : block().rows) expect_stored(batch);
}

TEST_F(SolanaUpsert, RewardsOutliveARunWithoutThem) {
    write(block());
    EXPECT_EQ(write(block({.votes = true, .rewards = false})), 0U);
    query("update solana.blocks set total_fee = 0");
    EXPECT_EQ(write(block({.votes = true, .rewards = false})), 1U);
    for (auto const& batch : block().rows) expect_stored(batch);
}

TEST_F(SolanaUpsert, RewardsAreAddedByARunThatAsksForThem) {
    write(block({.votes = true, .rewards = false}));
    EXPECT_EQ(write(block()), 1U);
    for (auto const& batch : block().rows) expect_stored(batch);
}

TEST_F(SolanaUpsert, HoldsWholeMainnetBlocks) {
    INDEXER_REQUIRE_SHARED_DATA();
    for (auto const slot : {18144001U, 64800004U, 254170887U, 332254855U}) {
        auto const file = "solana/blocks/block_" + std::to_string(slot) + ".json";
        auto const decoded =
            BlockDecoder({.votes = true, .rewards = true})
                .decode(test::read_file(test::shared_data() / file), base::Seq(slot));
        EXPECT_EQ(write(decoded), rows_in(decoded)) << slot;
        EXPECT_EQ(write(decoded), 0U) << slot;
    }
}

}  // namespace
}  // namespace indexer::solana
