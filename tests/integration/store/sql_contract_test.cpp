#include <set>

#include <gtest/gtest.h>

#include "pg/connection.hpp"
#include "sql/statements.hpp"
#include "store/migrations.hpp"
#include "tests/integration/store/migrated_database.hpp"

namespace indexer::store {
namespace {

// Several statements in one text: they are run, not prepared.
std::set<std::string_view> const kScripts{"store/create_migrations", "store/writer_session"};

using SqlContract = MigratedDatabase;

TEST_F(SqlContract, EveryStatementIsRightForTheSchema) {
    auto session = connect();
    for (sql::Statement const& statement : sql::statements) {
        auto const text = kScripts.contains(statement.name)
                              ? std::string(statement.text)
                              : "prepare contract as " + std::string(statement.text);
        EXPECT_NO_THROW(session.execute_script(text, {})) << statement.name;
        if (!kScripts.contains(statement.name)) {
            EXPECT_NO_THROW(session.execute_script("deallocate contract", {})) << statement.name;
        }
    }
}

}  // namespace
}  // namespace indexer::store
