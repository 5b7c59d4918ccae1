#include "tests/integration/store/migrated_database.hpp"

#include "sql/statements.hpp"
#include "store/migrations.hpp"

namespace indexer::store {

using namespace std::chrono_literals;

void MigratedDatabase::SetUp() {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    auto session = connect();
    Migrations().apply(session, {});
}

pg::ConnectionOptions MigratedDatabase::connection_options() const {
    return {.url = base::Secret(database_->url()),
            .application_name = "indexer test",
            .connect_timeout = 10s,
            .statement_timeout = 30s,
            .session_setup = std::string(sql::store::writer_session)};
}

pg::Connection MigratedDatabase::connect() const {
    return pg::Connection::open(connection_options(), {});
}

pg::Pool MigratedDatabase::make_pool() const {
    return pg::Pool(connection_options(),
                    {.max_open = 10, .max_idle = 10, .max_lifetime = 1h, .max_idle_time = 1h},
                    base::steady_clock());
}

}  // namespace indexer::store
