#include "tests/support/temp_database.hpp"

namespace indexer::test {
namespace {

class TempDatabaseTest : public DatabaseTest {};

TEST_F(TempDatabaseTest, IsEmptyAndItsOwn) {
    TempDatabase const other;
    query(database_->url(), "create table mark ()");
    EXPECT_EQ(query_cell(database_->url(), "select to_regclass('mark')"), "mark");
    EXPECT_EQ(query_cell(other.url(), "select to_regclass('mark')"), "NULL");
    EXPECT_EQ(query_cell(other.url(), "select current_database()"), other.name());
}

TEST_F(TempDatabaseTest, IsGoneAfterwards) {
    std::string name;
    {
        TempDatabase const other;
        name = other.name();
    }
    auto const found = "select count(*) from pg_database where datname = '" + name + "'";
    EXPECT_EQ(query_cell(database_->url(), found), "0");
}

}  // namespace
}  // namespace indexer::test
