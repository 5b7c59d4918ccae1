#include "tests/world/standby.hpp"

#include <filesystem>
#include <stdexcept>
#include <vector>

#include "tests/places.hpp"
#include "tests/support/temp_database.hpp"
#include "tests/world/process.hpp"

namespace indexer::test {
namespace {

Finished test_postgres(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), INDEXER_SOURCE_DIR "/scripts/test-postgres");
    return run_program(std::move(arguments));
}

void start(std::vector<std::string> arguments) {
    auto const done = test_postgres(std::move(arguments));
    if (done.exit_code != 0) throw std::runtime_error(done.err);
}

}  // namespace

Standby::Standby() {
    // The servers' user has to pass through.
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::others_exec,
                                 std::filesystem::perm_options::add);
    start({"start", folder("primary")});
    start({"standby", folder("standby"), folder("primary")});
}

Standby::~Standby() {
    static_cast<void>(test_postgres({"stop", folder("standby")}));
    static_cast<void>(test_postgres({"stop", folder("primary")}));
}

void Standby::follow() const {
    auto const written = query_cell(primary(), "select pg_current_wal_lsn()");
    query(url(), "do $$ begin while pg_last_wal_replay_lsn() < '" + written +
                     "' loop perform pg_sleep(0.01); end loop; end $$");
}

std::string Standby::folder(char const* name) const {
    return (folder_.path() / name).string();
}

std::string Standby::url(char const* name) const {
    return "postgresql:///postgres?host=" + folder(name) + "&user=postgres";
}

}  // namespace indexer::test
