#include <array>
#include <optional>

#include <gtest/gtest.h>

#include "store/writer.hpp"
#include "tests/integration/store/migrated_database.hpp"
#include "tests/support/fake_source.hpp"

namespace indexer::store {
namespace {

using model::ColumnType;

constexpr std::array kColumns{model::ColumnSpec{"seq", ColumnType::int8},
                              model::ColumnSpec{"name", ColumnType::text}};
constexpr model::Table kThings{
    .name = "things",
    .columns = kColumns,
    .key_columns = 1,
    .upsert =
        "insert into things as stored (seq, name) "
        "select seq, name from unnest($1::bigint[], $2::text[]) as row (seq, name) "
        "on conflict (seq) do update set name = excluded.name",
    .read = "select * from things where seq >= $1 and seq < $2"};

// Two contents that have the same rows, one a block.
class SharedTables : public MigratedDatabase {
  protected:
    void SetUp() override {
        MigratedDatabase::SetUp();
        if (IsSkipped()) return;
        run("create table things (seq bigint primary key, name text)");
        pool_.emplace(connection_options(),
                      pg::PoolOptions{.max_open = 2,
                                      .max_idle = 2,
                                      .max_lifetime = std::chrono::hours(1),
                                      .max_idle_time = std::chrono::hours(1)},
                      base::steady_clock());
        for (auto const* const content : {"one", "other"}) {
            std::vector<model::Block> const blocks{block(1), block(2), block(3)};
            static_cast<void>(writer(content).write(blocks, {}));
        }
    }

    model::Block block(std::uint64_t seq) {
        auto made = chain_.block(seq);
        model::RowBatch rows(kThings);
        rows.append(seq, std::string_view("thing"));
        made.rows.push_back(std::move(rows));
        return made;
    }
    Writer writer(std::string const& content) {
        return Writer(*pool_, {.chain = "fake", .content = content, .tables = tables_}, 100,
                      Writer::Mode::add);
    }
    void erase_2_from_one() {
        auto const gone = base::SeqRange::single(base::Seq(2));
        writer("one").erase(std::span(&gone, 1), {});
    }
    [[nodiscard]] std::string held() const {
        return cell(
            "select string_agg(content || seq, ' ' order by content, seq) "
            "from indexer.blocks join indexer.contents using (content_id)");
    }

    std::array<model::Table const*, 1> const tables_{&kThings};
    test::FakeSource chain_{{1, 2, 3}, 0};
    std::optional<pg::Pool> pool_;
};

TEST_F(SharedTables, ABlockThatIsNotOfTheChainIsTakenFromAllThatHoldIt) {
    erase_2_from_one();
    EXPECT_EQ(held(), "one1 one3 other1 other3");
    EXPECT_EQ(cell("select string_agg(seq::text, ' ' order by seq) from things"), "1 3");
    EXPECT_EQ(cell("select count(*) from indexer.segments"), "4");
}

TEST_F(SharedTables, RowsOfAnotherBlockThatAnotherContentHoldsStay) {
    run("update indexer.blocks set hash = 'x' where seq = 2 and content_id = "
        "(select content_id from indexer.contents where content = 'other')");
    erase_2_from_one();
    EXPECT_EQ(held(), "one1 one3 other1 other2 other3");
    EXPECT_EQ(cell("select string_agg(seq::text, ' ' order by seq) from things"), "1 2 3");
}

}  // namespace
}  // namespace indexer::store
