#include "pg/connect.hpp"

#include <algorithm>
#include <cctype>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include "pg/connection.hpp"
#include "pg/diagnosis.hpp"
#include "pg/wait.hpp"

namespace indexer::pg {
namespace {

using Url = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

base::Error unreadable(std::string hint) {
    return base::Error(base::Fault::usage, base::Recovery::never,
                       "database: the URL cannot be read", std::move(hint));
}

bool is_uri(std::string_view url) {
    return url.starts_with("postgres://") || url.starts_with("postgresql://");
}

// libpq takes what follows the first @ for a host and a / for the end of it, and would quote the
// rest of such a password in its message about that host.
bool has_stray_delimiter(std::string_view url) {
    if (!is_uri(url)) return false;
    auto rest = url.substr(url.find("://") + 3);
    rest = rest.substr(0, rest.find('?'));
    auto const at = rest.rfind('@');
    return at != std::string_view::npos && rest.find_first_of("@/") < at;
}

// What stands behind user, password, host and database; nothing where a password may be part of it.
std::string_view parameters_of(std::string_view url) {
    if (!is_uri(url)) return {};
    auto rest = url.substr(url.find("://") + 3);
    auto const end_of_user = rest.find_first_of("@/");
    if (end_of_user != std::string_view::npos) rest.remove_prefix(end_of_user + 1);
    auto const begin = rest.find('?');
    if (begin == std::string_view::npos || rest.find('@', begin) != std::string_view::npos) {
        return {};
    }
    return rest.substr(begin + 1);
}

bool is_known(std::string_view name) {
    Url const known(PQconndefaults(), &PQconninfoFree);
    for (auto const* option = known.get(); option != nullptr && option->keyword != nullptr;
         ++option) {
        if (name == option->keyword) return true;
    }
    return name == "ssl";  // libpq takes JDBC's ssl=true
}

// Other programs put settings of their own into the URL: Prisma schema and connection_limit, say.
std::string unknown_parameters(std::string_view url) {
    std::string unknown;
    auto rest = parameters_of(url);
    while (!rest.empty()) {
        auto const parameter = rest.substr(0, rest.find('&'));
        auto const name = parameter.substr(0, parameter.find('='));
        if (!is_known(name)) unknown += (unknown.empty() ? "" : ", ") + std::string(name);
        rest.remove_prefix(std::min(rest.size(), parameter.size() + 1));
    }
    return unknown;
}

bool has_bare_percent(std::string_view url) {
    auto const is_digit = [&](std::size_t at) {
        return at < url.size() && std::isxdigit(static_cast<unsigned char>(url[at])) != 0;
    };
    for (auto at = url.find('%'); at != std::string_view::npos; at = url.find('%', at + 1)) {
        if (!is_digit(at + 1) || !is_digit(at + 2)) return is_uri(url);
    }
    return false;
}

// libpq's own complaint would quote the URL.
void require_readable(std::string const& url) {
    if (has_stray_delimiter(url)) {
        throw unreadable("in user and password write @ as %40 and / as %2F");
    }
    Url const parsed(PQconninfoParse(url.c_str(), nullptr), &PQconninfoFree);
    if (parsed != nullptr) return;
    if (has_bare_percent(url)) {
        throw unreadable("write % as %25: in a URL it begins the code of a character");
    }
    if (auto const names = unknown_parameters(url); !names.empty()) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "database: the URL has what PostgreSQL does not know: " + names,
                          "leave it out behind the ?, it is meant for another program");
    }
    throw unreadable("it looks like postgresql://user:password@host:5432/database");
}

struct Setting {
    char const* keyword;
    std::string value;
};

// What stands before dbname can be overridden by the URL in it, what stands after cannot. No
// `options` of ours: poolers refuse what they cannot set for each client (Setup does it instead).
std::vector<Setting> settings(ConnectionOptions const& options) {
    // A little less than the connect timeout, so that libpq goes on to a host's next address
    // before we give up.
    auto const silence = std::max<long long>(1, options.connect_timeout.count() * 9 / 10);
    return {
        {"fallback_application_name", options.application_name},
        {"keepalives_idle", "30"},
        {"keepalives_interval", "10"},
        {"keepalives_count", "3"},
        {"tcp_user_timeout", std::to_string(silence)},
        {"dbname", options.url.reveal()},
        {"client_encoding", "UTF8"},
    };
}

Handle start(ConnectionOptions const& options) {
    require_readable(options.url.reveal());
    std::vector<char const*> keywords;
    std::vector<char const*> values;
    auto const all = settings(options);
    for (Setting const& setting : all) {
        keywords.push_back(setting.keyword);
        values.push_back(setting.value.c_str());
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    constexpr int kExpandDbname = 1;
    Handle handle(PQconnectStartParams(keywords.data(), values.data(), kExpandDbname));
    if (handle == nullptr) throw std::bad_alloc();
    return handle;
}

std::string peer(pg_conn const& connection) {
    return fmt::format("{} {} {}", PQhost(&connection), PQhostaddr(&connection),
                       PQport(&connection));
}

void await(pg_conn const& connection, bool writing, Wait const& wait) {
    switch (wait.for_socket(PQsocket(&connection), writing ? POLLOUT : POLLIN)) {
        case Wait::End::stopped:
            throw base::stopped("database");
        case Wait::End::late:
            throw Error(fmt::format("database: {} does not answer", PQhost(&connection)), "");
        case Wait::End::ready:
            break;
    }
}

// One address after the other, as libpq chooses them; each has its own time.
void finish(pg_conn& connection, std::chrono::milliseconds timeout, std::stop_token const& stop) {
    std::string address;
    std::optional<Wait> wait;
    auto state = PGRES_POLLING_WRITING;
    while (state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING) {
        if (auto now = peer(connection); !wait || now != address) {
            wait.emplace(stop, std::chrono::steady_clock::now() + timeout);
            address = std::move(now);
        }
        await(connection, state == PGRES_POLLING_WRITING, *wait);
        state = PQconnectPoll(&connection);
    }
}

}  // namespace

void Finish::operator()(pg_conn* connection) const noexcept {
    PQfinish(connection);
}

Handle connect(ConnectionOptions const& options, std::stop_token stop) {
    Handle handle = start(options);
    PQsetErrorVerbosity(handle.get(), PQERRORS_VERBOSE);
    PQsetNoticeReceiver(
        handle.get(), [](void*, PGresult const*) {}, nullptr);
    if (PQstatus(handle.get()) != CONNECTION_BAD) finish(*handle, options.connect_timeout, stop);
    if (PQstatus(handle.get()) != CONNECTION_OK || PQsetnonblocking(handle.get(), 1) != 0) {
        throw refused_connection(*handle);
    }
    return handle;
}

}  // namespace indexer::pg
