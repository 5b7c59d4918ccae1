#include "store/snapshot.hpp"

#include <atomic>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/crew.hpp"
#include "sql/statements.hpp"

namespace indexer::store {

// The first session's view is handed to the others. SET TRANSACTION SNAPSHOT takes no parameter;
// the name is the server's own, of digits and dashes.
Snapshot::Snapshot(std::span<pg::Connection> sessions, std::stop_token stop) : sessions_(sessions) {
    session().execute_script(sql::store::begin_snapshot, stop);
    if (sessions_.size() == 1) return;
    auto const exported = session().execute(sql::store::export_snapshot, {}, stop);
    auto const join = fmt::format("{}\nset transaction snapshot '{}'", sql::store::begin_snapshot,
                                  exported.text(0, 0));
    for (pg::Connection& other : sessions_.subspan(1)) other.execute_script(join, stop);
}

void Snapshot::share_out(std::size_t parts, Work const& work, std::stop_token stop) {
    base::Fate fate({std::move(stop)});
    std::atomic<std::size_t> next_session = 0;
    std::atomic<std::size_t> next_part = 0;
    base::Crew crew(fate, sessions_.size(), [&] {
        pg::Connection& session = sessions_[next_session++];
        for (auto part = next_part++; part < parts; part = next_part++) {
            work(part, session, fate.ended());
        }
    });
    crew.join();
    fate.rethrow();
}

void Snapshot::end(std::stop_token stop) {
    for (pg::Connection& session : sessions_) session.execute_script("commit", stop);
}

}  // namespace indexer::store
