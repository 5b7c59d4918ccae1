#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/world/world.hpp"

// Blocks that another tool stored, in tables of its own: their gaps are found, fetched into our
// tables, copied over, and the whole is proven.
namespace indexer::test {
namespace {

// The other tool's tables, made of a history that indexer copied.
struct Stream {
    char const* name;
    std::vector<std::string> node;
    char const* position;
    char const* fill;
    char const* view;
    char const* copy;  // what is missing there, from our tables
};

std::ostream& operator<<(std::ostream& out, Stream const& stream) {
    return out << stream.name;
}

class BlockView : public World, public ::testing::WithParamInterface<Stream> {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        migrate();
        auto node = GetParam().node;
        node.insert(node.end(), {"--first-slot", "1000", "--slots", "130", "--seed", "7",
                                 "--transactions", "8"});
        start_node(node);
        ASSERT_EQ(run("backfill", {"--quiet"}).exit_code, 0);
        run_sql(std::string("create schema stream; ") + GetParam().fill + GetParam().view);
        // Blocks by their number, so that a test names some that are there.
        run_sql(
            "create table stream.place as select seq, row_number() over (order by seq) as n "
            "from stream.seen");
        run_sql(
            "do $$ declare t text; begin for t in select format('%I.%I', schemaname, tablename) "
            "from pg_tables where schemaname in ('solana', 'stellar', 'indexer') "
            "and tablename not in ('migrations', 'networks') "
            "loop execute 'truncate ' || t || ' cascade'; end loop; end $$");
    }

    Finished run(std::string const& command, std::vector<std::string> more = {}) {
        more.insert(more.begin(), {command, fmt::format("--from-{}", GetParam().position), "1000",
                                   fmt::format("--to-{}", GetParam().position), "1099"});
        return indexer(more);
    }
    Finished of_view(std::string const& command, std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"--view", "stream.seen"});
        return run(command, more);
    }
    // The seq of the nth block.
    [[nodiscard]] std::string seq(unsigned n) const {
        auto const text = table(fmt::format("select seq from stream.place where n = {}", n));
        return text.substr(0, text.size() - 1);
    }
    void lose(unsigned first, unsigned last) const {
        run_sql(
            fmt::format("delete from stream.block where seq in (select seq from stream.place "
                        "where n between {} and {})",
                        first, last));
    }
};

TEST_P(BlockView, IsProvenByItsLinks) {
    auto const proven = of_view("verify");
    EXPECT_EQ(proven.exit_code, 0) << proven.out << proven.err;
    EXPECT_NE(proven.out.find(" 1000-1099: proven\n"), std::string::npos) << proven.out;
    EXPECT_NE(proven.out.find("view stream.seen\n"), std::string::npos) << proven.out;
    EXPECT_NE(
        proven.out.find("\nlast block    " + table("select seq || ' ' || hash from stream.seen "
                                                   "where seq <= 1099 order by seq desc "
                                                   "limit 1")),
        std::string::npos)
        << proven.out;
    EXPECT_EQ(of_view("gaps").exit_code, 0);
    EXPECT_EQ(of_view("verify", {"--deep"}).exit_code, 2);
}

TEST_P(BlockView, ItsGapsAreFoundFetchedAndCopied) {
    lose(20, 20);
    lose(40, 44);
    auto const found = of_view("verify");
    EXPECT_EQ(found.exit_code, 3) << found.out << found.err;
    EXPECT_NE(
        found.out.find(fmt::format("\ngap {}: block {} names {} (", seq(19 + 1), seq(21), seq(20))),
        std::string::npos)
        << found.out;
    auto const listed = of_view("gaps");
    EXPECT_EQ(listed.exit_code, 3) << listed.out << listed.err;
    EXPECT_NE(listed.out.find("in 2 gaps (view stream.seen)\n"), std::string::npos) << listed.out;
    EXPECT_NE(listed.out.find("not asked for"), std::string::npos) << listed.out;

    auto const asked_before = node_->calls("getBlock") + node_->calls("getLedgers");
    auto const repaired = of_view("repair", {"--quiet"});
    EXPECT_EQ(repaired.exit_code, 0) << repaired.out << repaired.err;
    EXPECT_LE(node_->calls("getBlock") + node_->calls("getLedgers") - asked_before, 6U);
    EXPECT_EQ(table("select sum(blocks) from indexer.segments"), "6\n");
    auto const kept = of_view("gaps");
    EXPECT_EQ(kept.exit_code, 3) << kept.out << kept.err;
    EXPECT_NE(kept.out.find("stored"), std::string::npos) << kept.out;
    EXPECT_EQ(kept.out.find("not asked for"), std::string::npos) << kept.out;

    run_sql(GetParam().copy);
    auto const whole = of_view("verify");
    EXPECT_EQ(whole.exit_code, 0) << whole.out << whole.err;
}

TEST_P(BlockView, LosesItsEnds) {
    lose(1, 2);
    run_sql("delete from stream.block where seq > " + seq(90));
    auto const json = of_view("verify", {"--output", "json"});
    EXPECT_EQ(json.exit_code, 3) << json.out << json.err;
    EXPECT_NE(json.out.find(fmt::format(R"("missing":[{{"first":1000,"last":{}}},)"
                                        R"({{"first":{},"last":1099}}])",
                                        seq(2), std::stoul(seq(90)) + 1)),
              std::string::npos)
        << json.out;
}

TEST_P(BlockView, ContradictionsAreNamed) {
    run_sql(fmt::format("update stream.block set hash = 'x' where seq = {}", seq(30)));
    run_sql(
        fmt::format("insert into stream.block select * from stream.block where seq = {}", seq(50)));
    run_sql(fmt::format("update stream.block set transactions = transactions + 1 where seq = {}",
                        seq(60)));
    run_sql(fmt::format("update stream.block set parent_hash = null where seq = {}", seq(70)));
    auto const wrong = of_view("verify");
    EXPECT_EQ(wrong.exit_code, 3) << wrong.out << wrong.err;
    for (auto const& said :
         {fmt::format("\nlinks {}: names {} (", seq(31), seq(30)),
          fmt::format(", but the block before it is {} (x)\n", seq(30)),
          fmt::format("\nlinks {}: there is more than one row of it\n", seq(50)),
          fmt::format("\nlinks {}: 8 rows of transactions, but the block says 9\n", seq(60)),
          fmt::format("\nlinks {}: the hash or the parent is null\n", seq(70))}) {
        EXPECT_NE(wrong.out.find(said), std::string::npos) << said << wrong.out;
    }
}

TEST_P(BlockView, HasToBeOne) {
    run_sql("create view stream.odd as select 1 as seq");
    for (std::string const name : {"stream.nowhere", "stream.odd", "no name at all"}) {
        for (std::string const command : {"verify", "gaps", "repair"}) {
            auto const refused = run(command, {"--view", name});
            EXPECT_EQ(refused.exit_code, 2) << command << refused.out << refused.err;
            EXPECT_NE(refused.err.find("--view: " + name + ": "), std::string::npos) << refused.err;
        }
    }
    run_sql("delete from stream.block");
    auto const empty = of_view("verify");
    EXPECT_EQ(empty.exit_code, 3);
    EXPECT_NE(empty.out.find("nothing is stored yet"), std::string::npos) << empty.out;
}

constexpr auto kView =
    "create view stream.seen as select seq, hash, parent_seq, parent_hash, transactions, "
    "8::bigint as transaction_rows from stream.block; ";

INSTANTIATE_TEST_SUITE_P(
    All, BlockView,
    ::testing::Values(
        Stream{
            "Solana",
            {"--chain", "solana"},
            "slot",
            "create table stream.block as select slot as seq, blockhash as hash, "
            "parent_slot as parent_seq, previous_blockhash as parent_hash, "
            "8::bigint as transactions from solana.blocks; ",
            kView,
            "insert into stream.block select slot, blockhash, parent_slot, previous_blockhash, 8 "
            "from solana.blocks b where not exists "
            "(select from stream.block s where s.seq = b.slot)"},
        Stream{"Stellar",
               {"--chain", "stellar"},
               "ledger",
               "create table stream.block as select ledger as seq, hash, ledger - 1 as parent_seq, "
               "previous_ledger_hash as parent_hash, 8::bigint as transactions "
               "from stellar.ledgers; ",
               kView,
               "insert into stream.block select ledger, hash, ledger - 1, previous_ledger_hash, 8 "
               "from stellar.ledgers b where not exists "
               "(select from stream.block s where s.seq = b.ledger)"}),
    [](auto const& stream) { return stream.param.name; });

}  // namespace
}  // namespace indexer::test
