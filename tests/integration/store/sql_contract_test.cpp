#include <set>

#include <gtest/gtest.h>

#include "pg/connection.hpp"
#include "sql/statements.hpp"
#include "store/migrations.hpp"
#include "tests/integration/store/migrated_database.hpp"

namespace indexer::store {
namespace {

// Several statements in one text: they are run, not prepared.
std::set<std::string_view> const sql_scripts{"store/create_migrations", "store/begin_snapshot"};

using SqlContract = MigratedDatabase;

TEST_F(SqlContract, EveryStatementIsRightForTheSchema) {
    auto session = connect();
    for (sql::Statement const& statement : sql::statements) {
        if (sql_scripts.contains(statement.name)) {
            EXPECT_NO_THROW(connect().execute_script(statement.text, {})) << statement.name;
            continue;
        }
        auto const text = "prepare contract as " + std::string(statement.text);
        EXPECT_NO_THROW(session.execute_script(text, {})) << statement.name;
        EXPECT_NO_THROW(session.execute_script("deallocate contract", {})) << statement.name;
    }
}

}  // namespace
}  // namespace indexer::store
