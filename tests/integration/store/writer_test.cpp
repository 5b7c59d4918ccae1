#include "store/writer.hpp"

#include <array>

#include <gtest/gtest.h>

#include "pg/error.hpp"
#include "tests/integration/store/migrated_database.hpp"
#include "tests/support/fake_source.hpp"

namespace indexer::store {
namespace {

using model::ColumnType;

constexpr std::array kColumns{model::ColumnSpec{"id", ColumnType::int8},
                              model::ColumnSpec{"name", ColumnType::text},
                              model::ColumnSpec{"amount", ColumnType::numeric}};
constexpr model::Table kThings{
    .name = "things",
    .columns = kColumns,
    .key_columns = 1,
    .upsert =
        "insert into things as stored (id, name, amount) "
        "select id, name, amount "
        "from unnest($1::bigint[], $2::text[], $3::numeric[]) as row (id, name, amount) "
        "on conflict (id) do update set name = excluded.name, amount = excluded.amount "
        "where (stored.name, stored.amount) is distinct from "
        "(excluded.name, excluded.amount)",
    .read = "select * from things where id >= $1 and id < $2",
    .transaction_name = "name"};

class WriterTest : public MigratedDatabase {
  protected:
    void SetUp() override {
        MigratedDatabase::SetUp();
        if (IsSkipped()) return;
        run("create table things (id bigint primary key, name text, amount numeric(20,0))");
        pool_.emplace(connection_options(),
                      pg::PoolOptions{.max_open = 4,
                                      .max_idle = 4,
                                      .max_lifetime = std::chrono::hours(1),
                                      .max_idle_time = std::chrono::hours(1)},
                      base::steady_clock());
    }

    Written write(std::vector<model::Block> const& group, std::size_t batch_size = 100) {
        return Writer(*pool_, dataset_, batch_size).write(group, {});
    }

    // A block at `seq` of the chain, with things first … last in it.
    model::Block block(std::uint64_t seq, std::int64_t first, std::int64_t last,
                       std::string_view name = "thing", model::Table const& table = kThings) {
        auto made = chain_.block(seq);
        model::RowBatch rows(table);
        for (auto id = first; id <= last; ++id) {
            rows.append(id, name, model::Numeric{.magnitude = 18'446'744'073'709'551'615U});
        }
        made.rows.push_back(std::move(rows));
        return made;
    }

    std::array<model::Table const*, 1> const tables_{&kThings};
    Dataset dataset_{.chain = "fake", .content = "blocks", .tables = tables_, .decoder_version = 3};
    test::FakeSource chain_{{1, 2, 3, 4}, 0};
    std::optional<pg::Pool> pool_;
};

TEST_F(WriterTest, WritesAGroupInChunksWithItsCoverage) {
    auto const written = write({block(1, 1, 150), block(2, 151, 250)});
    EXPECT_EQ(written.rows.at("things"), 250U);
    EXPECT_EQ(written.changed.at("things"), 250U);
    EXPECT_EQ(written.batches, (std::vector<std::size_t>{100, 100, 50}));
    EXPECT_EQ(cell("select count(*) from things where amount = 18446744073709551615"), "250");
    EXPECT_EQ(cell("select blocks from indexer.segments"), "2");
}

TEST_F(WriterTest, EveryChunkSizeWritesTheSameRows) {
    for (std::size_t const size : {1U, 2U, 99U, 100U, 101U, 5'000U}) {
        run("truncate things; truncate indexer.segments");
        write({block(1, 1, 100)}, size);
        EXPECT_EQ(cell("select count(*) from things"), "100") << size;
    }
}

TEST_F(WriterTest, RewritesOnlyRowsThatDiffer) {
    write({block(1, 1, 10)});
    EXPECT_EQ(write({block(1, 1, 10)}).changed.at("things"), 0U);
    run("update things set name = 'damaged' where id = 5");
    EXPECT_EQ(write({block(1, 1, 10)}).changed.at("things"), 1U);
    EXPECT_EQ(cell("select count(*) from things where name = 'thing'"), "10");
}

TEST_F(WriterTest, LooksForRowsOnlyWhereSomeMayBe) {
    auto table = kThings;
    table.upsert = "select 1 / 0 from unnest($1::bigint[], $2::text[], $3::numeric[])";
    std::vector const group{block(1, 1, 250, "thing", table)};
    EXPECT_EQ(Writer(*pool_, dataset_, 100).write(group, {}).changed.at("things"), 250U);
    run("truncate things; truncate indexer.segments");
    EXPECT_THROW(Writer(*pool_, dataset_, 100, Writer::Mode::add).write(group, {}), pg::Error);
}

TEST_F(WriterTest, AWriterThatMeetsRowsUpsertsFromThenOn) {
    run("insert into things values (150, 'thing', 18446744073709551615), (151, 'other', 1)");
    Writer writer(*pool_, dataset_, 100);
    auto const met = writer.write(std::vector{block(1, 1, 200)}, {});
    EXPECT_EQ(met.rows.at("things"), 200U);
    EXPECT_EQ(met.changed.at("things"), 199U);
    EXPECT_EQ(writer.write(std::vector{block(2, 201, 210)}, {}).changed.at("things"), 10U);
    EXPECT_EQ(cell("select count(*) from things where name = 'thing'"), "210");
    EXPECT_EQ(cell("select blocks from indexer.segments"), "2");
}

TEST_F(WriterTest, MergesEqualKeysBeforeTheyAreSentTheLastOneStays) {
    auto const written = write({block(1, 1, 5, "old"), block(2, 3, 8, "new")});
    EXPECT_EQ(written.rows.at("things"), 8U);
    EXPECT_EQ(cell("select string_agg(name, ',' order by id) from things"),
              "old,old,new,new,new,new,new,new");
}

TEST_F(WriterTest, ARefusedGroupLeavesNothing) {
    run("alter table things add check (id <> 7)");
    EXPECT_THROW(write({block(1, 1, 5), block(2, 6, 8)}), pg::Error);
    EXPECT_EQ(cell("select count(*) from things"), "0");
    EXPECT_EQ(cell("select count(*) from indexer.segments"), "0");
}

TEST_F(WriterTest, KeepsDeadLettersWholeAndOnce) {
    auto odd = block(1, 1, 1);
    odd.dead_letters.push_back({.seq = base::Seq(1),
                                .path = "transaction 3",
                                .stage = "decode",
                                .error = "no signature",
                                .raw = std::string("{\"a\":\0}", 7)});
    write({odd});
    write({odd});
    EXPECT_EQ(cell("select count(*) from indexer.dead_letters"), "1");
    EXPECT_EQ(cell("select encode(raw, 'hex') from indexer.dead_letters"), "7b2261223a007d");
}

TEST_F(WriterTest, NotesWhatItWroteOfEachBlock) {
    write({block(1, 1, 2, "a"), block(2, 3, 7, "b")});
    EXPECT_EQ(cell("select string_agg(row_counts::text, ' ' order by seq) from indexer.blocks"),
              "{2} {5}");
    EXPECT_EQ(cell("select count(*) from indexer.blocks join lateral "
                   "(select sha256(convert_to(string_agg(name, '' order by id), 'UTF8')) as digest "
                   " from things where id between seq * 2 - 1 and seq * 5 - 3) as names "
                   "on order_digest = digest"),
              "2");
    EXPECT_EQ(cell("select min(decoder_version) from indexer.blocks"), "3");
    auto const digests = cell("select string_agg(row_digests::text, ' ') from indexer.blocks");
    write({block(1, 1, 2, "a"), block(2, 3, 7, "b")});
    EXPECT_EQ(cell("select string_agg(row_digests::text, ' ') from indexer.blocks"), digests);
    write({block(1, 1, 2, "c")});
    EXPECT_NE(cell("select string_agg(row_digests::text, ' ') from indexer.blocks"), digests);
}

TEST_F(WriterTest, ReplacingRemovesTheRowsThatABlockNoLongerHas) {
    // Ids are seqs here, so that a block's rows lie at its own seq.
    write({block(2, 1, 3)});
    run("delete from indexer.segments; delete from indexer.blocks");
    Writer(*pool_, dataset_, 100, Writer::Mode::replace)
        .write(std::vector<model::Block>{block(2, 2, 2, "new")}, {});
    EXPECT_EQ(cell("select string_agg(id || name, ',' order by id) from things"),
              "1thing,2new,3thing");
    run("delete from indexer.segments; delete from indexer.blocks");
    Writer(*pool_, dataset_, 100, Writer::Mode::replace)
        .write(std::vector<model::Block>{block(2, 7, 7)}, {});
    EXPECT_EQ(cell("select string_agg(id::text, ',' order by id) from things"), "1,3,7");
}

TEST_F(WriterTest, ABlockThatIsWrittenSettlesItsDeadLetters) {
    model::DeadLetter const letter{
        .seq = base::Seq(1), .path = {}, .stage = "decode", .error = "odd", .raw = "x"};
    Writer(*pool_, dataset_, 100).bury(std::span(&letter, 1), {});
    EXPECT_EQ(cell("select decoder_version from indexer.dead_letters"), "3");
    auto half = block(1, 1, 1);
    half.dead_letters.push_back({.seq = base::Seq(1),
                                 .path = "transaction 3",
                                 .stage = "decode",
                                 .error = "no signature",
                                 .raw = "{}"});
    write({half});
    EXPECT_EQ(cell("select string_agg(path, ',') from indexer.dead_letters"), "transaction 3");
    write({block(1, 1, 1)});
    EXPECT_EQ(cell("select count(*) from indexer.dead_letters"), "0");
}

TEST_F(WriterTest, TextWithZerosDoesNotBreakAWrite) {
    EXPECT_NO_THROW(write({block(1, 1, 1, std::string_view("a\0b", 3))}));
    EXPECT_EQ(cell("select name from things"),
              "a\xEF\xBF\xBD"
              "b");
}

}  // namespace
}  // namespace indexer::store
