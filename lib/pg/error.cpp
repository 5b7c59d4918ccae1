#include "pg/error.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace indexer::pg {
namespace {

using base::Fault;
using base::Recovery;

// What a SQLSTATE, or its class, says: can it be mended, whose fault is it, what can the user do.
struct Meaning {
    std::string_view prefix;
    Recovery recovery;
    Fault fault;
    std::string_view hint;
};

constexpr std::string_view kPoolSessions =
    "let the connection pooler pool sessions: we keep prepared statements";

// The first prefix that fits wins.
constexpr Meaning kMeanings[] = {
    // The connection is gone, or worth nothing.
    {"08P01", Recovery::retry_elsewhere, Fault::database,
     "behind PgBouncer set ignore_startup_parameters = options"},
    {"08", Recovery::retry_elsewhere, Fault::database, ""},
    {"57P", Recovery::retry_elsewhere, Fault::database, ""},    // the server shuts down or starts
    {"25P03", Recovery::retry_elsewhere, Fault::database, ""},  // idle in transaction for too long
    {"25006", Recovery::retry_elsewhere, Fault::database,       // a failover may have happened
     "the server is read-only: connect to the primary, and see whether its disk is full"},
    // Somebody else prepares statements in our session, or dropped ours.
    {"26000", Recovery::retry_elsewhere, Fault::database, kPoolSessions},
    {"42P05", Recovery::retry_elsewhere, Fault::database, kPoolSessions},
    // The transaction is over, the connection is fine, and time may mend it.
    {"40", Recovery::retry_here, Fault::database, ""},     // serialization, deadlock
    {"55P03", Recovery::retry_here, Fault::database, ""},  // lock not available
    {"55006", Recovery::retry_here, Fault::database, ""},  // object in use
    {"57014", Recovery::retry_here, Fault::database,
     "the statement was cancelled: raise the statement timeout if that was it"},
    {"53100", Recovery::retry_here, Fault::database, "free disk space on the database server"},
    {"53300", Recovery::retry_here, Fault::database,
     "open fewer connections, or raise max_connections on the server"},
    {"53", Recovery::retry_here, Fault::database, ""},  // resources
    {"58", Recovery::retry_here, Fault::database, ""},  // the server's operating system
    // Somebody has to do something first.
    {"28", Recovery::never, Fault::database, "check the user and the password of the database URL"},
    {"3D000", Recovery::never, Fault::database, "create the database first: createdb"},
    {"42501", Recovery::never, Fault::database, "grant the role what it needs"},
    {"XX", Recovery::never, Fault::database, "the server's own log says more"},
};

constexpr Meaning kLibpqFailed = {"", Recovery::retry_elsewhere, Fault::database,
                                  "see that the server runs and can be reached from here"};
constexpr Meaning kOurFault = {"", Recovery::never, Fault::internal, ""};

Meaning const& meaning_of(std::string_view sqlstate) noexcept {
    if (sqlstate.empty()) return kLibpqFailed;
    auto const* const found =
        std::find_if(std::begin(kMeanings), std::end(kMeanings),
                     [&](Meaning const& rule) { return sqlstate.starts_with(rule.prefix); });
    return found == std::end(kMeanings) ? kOurFault : *found;
}

std::string first_non_empty(std::string given, std::string_view fallback) {
    return given.empty() ? std::string(fallback) : std::move(given);
}

}  // namespace

Recovery recovery_for(std::string_view sqlstate) noexcept {
    return meaning_of(sqlstate).recovery;
}

Error::Error(std::string const& what, std::string sqlstate, std::string hint)
    : base::Error(meaning_of(sqlstate).fault, meaning_of(sqlstate).recovery, what,
                  first_non_empty(std::move(hint), meaning_of(sqlstate).hint)),
      sqlstate_(std::move(sqlstate)) {
}

}  // namespace indexer::pg
