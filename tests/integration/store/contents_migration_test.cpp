#include <algorithm>

#include <gtest/gtest.h>

#include "store/migrations.hpp"
#include "tests/integration/store/migrated_database.hpp"

namespace indexer::store {
namespace {

// A database of before contents were told apart by keys.
class ContentsMigration : public MigratedDatabase {
  protected:
    void SetUp() override { DatabaseTest::SetUp(); }  // NOLINT(bugprone-parent-virtual-call)

    static constexpr int kContents = 25;
};

TEST_F(ContentsMigration, NotesTheKeysOfWhatOneContentWroteAlone) {
    auto session = connect();
    std::span<sql::Migration const> const all = sql::migrations;
    auto const before = std::find_if(all.begin(), all.end(), [](sql::Migration const& migration) {
        return migration.number >= kContents;
    });
    Migrations(all.first(static_cast<std::size_t>(before - all.begin()))).apply(session, {});
    session.execute_script(
        "insert into indexer.contents (chain, content, tables) values "
        "('solana', 'sol_transfers;account=A', '{solana.sol_transfers}'), "
        "('solana', 'sol_transfers', '{solana.sol_transfers}'); "
        "insert into indexer.blocks (content_id, seq, hash, parent_seq, parent_hash, transactions, "
        "row_counts, row_digests, decoder_version) "
        "select content, seq, 'h', seq - 1, 'h', 1, '{2}', '{0}', 1 "
        "from (values (1, 10), (1, 11), (2, 11)) as block (content, seq); "
        "insert into indexer.segments (chain, content, first_seq, last_seq, left_seq, left_hash, "
        "right_seq, right_hash, blocks, transactions) values "
        "('solana', 'sol_transfers;account=A', 10, 11, 9, 'h', 11, 'h', 2, 2), "
        "('solana', 'sol_transfers', 11, 11, 10, 'h', 11, 'h', 1, 1); "
        "insert into solana.sol_transfers (slot, transaction_index, instruction_index, "
        "inner_index, "
        "signature, kind, from_address, to_address, lamports) "
        "select seq, at, 0, -1, 's', 'transfer', 'A', 'B', 1 "
        "from generate_series(10, 11) as seq, generate_series(1, 2) as at;",
        {});
    Migrations().apply(session, {});
    EXPECT_EQ(cell("select string_agg(seq || ' ' || keys::text, ', ') from indexer.row_keys"),
              "10 {10/1/0/-1,10/2/0/-1}");
}

}  // namespace
}  // namespace indexer::store
