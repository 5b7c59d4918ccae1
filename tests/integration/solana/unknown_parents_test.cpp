#include <algorithm>

#include <gtest/gtest.h>

#include "sql/statements.hpp"
#include "tests/integration/store/migrated_database.hpp"

namespace indexer::store {
namespace {

// A run of three blocks, the first of which has a parent that its node did not know.
constexpr auto kStored =
    "insert into indexer.contents (chain, content, tables) values ('solana', 'blocks', '{}');"
    "insert into indexer.blocks (content_id, seq, hash, parent_seq, parent_hash, transactions,"
    "    decoder_version)"
    "select content_id, seq, hash, parent_seq, parent_hash, 1, 1 from indexer.contents, (values"
    "    (10, 'j', 8, '11111111111111111111111111111111'), (11, 'k', 10, 'j'), (12, 'l', 11, 'k')"
    ") as block (seq, hash, parent_seq, parent_hash);"
    "insert into indexer.segments (chain, content, first_seq, last_seq, left_seq, left_hash,"
    "    right_seq, right_hash, blocks, transactions)"
    "values ('solana', 'blocks', 9, 12, 8, '11111111111111111111111111111111', 12, 'l', 3, 3)";

class UnknownParents : public MigratedDatabase {
  protected:
    void migrate_again() {
        auto const& all = sql::migrations;
        auto const found =
            std::find_if(std::begin(all), std::end(all), [](sql::Migration const& migration) {
                return migration.name == "0018_unknown_parents";
            });
        ASSERT_NE(found, std::end(all));
        connect().execute_script(std::string(found->text), {});
    }
};

TEST_F(UnknownParents, OfEarlierVersionsAreAskedForAgain) {
    run(kStored);
    migrate_again();
    EXPECT_EQ(cell("select string_agg(concat_ws(' ', first_seq, last_seq, left_seq, left_hash, "
                   "blocks), ',') from indexer.segments"),
              "11 12 10 j 2");
    EXPECT_EQ(cell("select string_agg(seq::text, ',' order by seq) from indexer.blocks"), "11,12");
    migrate_again();
    EXPECT_EQ(cell("select sum(blocks) from indexer.segments"), "2");
}

}  // namespace
}  // namespace indexer::store
