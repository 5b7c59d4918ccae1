#include "pg/error.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace indexer::pg {
namespace {

using base::Fault;
using base::Recovery;

// What a SQLSTATE, its class, or a pooler says: can it be mended, whose fault is it, what can the
// user do.
struct Meaning {
    std::string_view prefix;
    Recovery recovery;
    Fault fault;
    std::string_view hint;
};

constexpr std::string_view kPoolSessions =
    "what stands before the server shares its sessions out and does not let it be seen: let it "
    "pool sessions";

// The first prefix that fits wins.
constexpr Meaning kMeanings[] = {
    // The connection is gone, or worth nothing.
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
    {"42P07", Recovery::never, Fault::database,
     "the schemas hold what indexer did not make: use another database"},
    {"XX", Recovery::never, Fault::database, "the server's own log says more"},
};

// Poolers have one SQLSTATE for all that they say themselves, so their words tell. Source:
// PgBouncer's src/client.c and src/objects.c, 1.18 to 1.25.
constexpr std::string_view kProtocolViolation = "08P01";
constexpr Meaning kPoolerSays[] = {
    {"unsupported startup parameter", Recovery::never, Fault::database,
     "take options out of the database URL and PGOPTIONS, or set ignore_startup_parameters = "
     "options in the pooler"},
    {"statement pooling mode", Recovery::never, Fault::database,
     "let the pooler pool transactions or sessions: pool_mode = transaction"},
    {"query_wait_timeout", Recovery::retry_elsewhere, Fault::database,
     "none of the pooler's sessions became free: raise its default_pool_size, or open fewer: "
     "--pool-max-open"},
    {"max_client_conn", Recovery::retry_here, Fault::database,
     "open fewer connections: --pool-max-open; or raise max_client_conn in the pooler"},
    {"no such database", Recovery::never, Fault::database,
     "name the database in the pooler's [databases]"},
};

constexpr Meaning kLibpqFailed = {"", Recovery::retry_elsewhere, Fault::database,
                                  "see that the server runs and can be reached from here"};
constexpr Meaning kOurFault = {"", Recovery::never, Fault::internal, ""};

Meaning const& meaning_of(std::string_view sqlstate, std::string_view what = {}) noexcept {
    if (sqlstate.empty()) return kLibpqFailed;
    if (sqlstate == kProtocolViolation) {
        for (Meaning const& said : kPoolerSays) {
            if (what.find(said.prefix) != std::string_view::npos) return said;
        }
    }
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
    : base::Error(meaning_of(sqlstate, what).fault, meaning_of(sqlstate, what).recovery, what,
                  first_non_empty(std::move(hint), meaning_of(sqlstate, what).hint)),
      sqlstate_(std::move(sqlstate)) {
}

}  // namespace indexer::pg
