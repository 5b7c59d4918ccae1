#include "pg/error.hpp"

#include <gtest/gtest.h>

namespace indexer::pg {
namespace {

using base::Fault;
using base::Recovery;

TEST(RecoveryFor, ALostConnectionIsRetriedOnAnother) {
    EXPECT_EQ(recovery_for(""), Recovery::retry_elsewhere);       // libpq itself failed
    EXPECT_EQ(recovery_for("08006"), Recovery::retry_elsewhere);  // connection failure
    EXPECT_EQ(recovery_for("57P01"), Recovery::retry_elsewhere);  // admin shutdown
    EXPECT_EQ(recovery_for("57P02"), Recovery::retry_elsewhere);  // crash shutdown
    EXPECT_EQ(recovery_for("57P03"), Recovery::retry_elsewhere);  // starting up
    EXPECT_EQ(recovery_for("25006"), Recovery::retry_elsewhere);  // the old primary
}

TEST(RecoveryFor, AConflictOrALackIsRetriedOnTheSameConnection) {
    EXPECT_EQ(recovery_for("40001"), Recovery::retry_here);  // serialization
    EXPECT_EQ(recovery_for("40P01"), Recovery::retry_here);  // deadlock
    EXPECT_EQ(recovery_for("55P03"), Recovery::retry_here);  // lock not available
    EXPECT_EQ(recovery_for("57014"), Recovery::retry_here);  // statement timeout
    EXPECT_EQ(recovery_for("53100"), Recovery::retry_here);  // disk full
    EXPECT_EQ(recovery_for("53300"), Recovery::retry_here);  // too many connections
}

TEST(RecoveryFor, AFaultyStatementIsNeverRetried) {
    EXPECT_EQ(recovery_for("23505"), Recovery::never);  // unique violation
    EXPECT_EQ(recovery_for("42P01"), Recovery::never);  // undefined table
    EXPECT_EQ(recovery_for("28P01"), Recovery::never);  // wrong password
    EXPECT_EQ(recovery_for("3D000"), Recovery::never);  // no such database
    EXPECT_EQ(recovery_for("25P02"), Recovery::never);  // inside a failed transaction
}

TEST(PgError, BlamesTheDatabaseOrUs) {
    EXPECT_EQ(Error("x", "").fault(), Fault::database);
    EXPECT_EQ(Error("x", "28P01").fault(), Fault::database);
    EXPECT_EQ(Error("x", "53100").fault(), Fault::database);
    EXPECT_EQ(Error("x", "42601").fault(), Fault::internal);
}

TEST(PgError, KnowsAHintUnlessOneIsGiven) {
    EXPECT_NE(Error("x", "28P01").hint().find("password"), std::string::npos);
    EXPECT_EQ(Error("x", "28P01", "ask Ada").hint(), "ask Ada");
    EXPECT_EQ(Error("x", "23505").hint(), "");
}

// Poolers say everything with one code.
TEST(PgError, AHintBelongsToWhatAPoolerSays) {
    auto const hint = [](char const* what) { return Error(what, "08P01").hint(); };
    EXPECT_NE(hint("FATAL: unsupported startup parameter: options").find("PGOPTIONS"),
              std::string::npos);
    EXPECT_NE(hint("query_wait_timeout").find("default_pool_size"), std::string::npos);
    EXPECT_NE(hint("transaction blocks not allowed in statement pooling mode").find("pool_mode"),
              std::string::npos);
    EXPECT_EQ(hint("invalid length of startup packet"), "");
    EXPECT_EQ(Error("no such database: x", "08P01").recovery(), Recovery::never);
    EXPECT_EQ(Error("server conn crashed?", "08P01").recovery(), Recovery::retry_elsewhere);
}

TEST(PgError, IsLostWhereTheConnectionIs) {
    EXPECT_TRUE(Error("x", "").connection_lost());
    EXPECT_FALSE(Error("x", "57014").connection_lost());
}

}  // namespace
}  // namespace indexer::pg
