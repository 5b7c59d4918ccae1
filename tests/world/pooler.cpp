#include "tests/world/pooler.hpp"

#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexer::test {
namespace {

std::map<std::string, std::string> parts_of(std::string const& url) {
    std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> const parsed(
        PQconninfoParse(url.c_str(), nullptr), &PQconninfoFree);
    std::map<std::string, std::string> parts;
    for (auto const* option = parsed.get(); option != nullptr && option->keyword != nullptr;
         ++option) {
        if (option->val != nullptr) parts[option->keyword] = option->val;
    }
    return parts;
}

// PgBouncer refuses to run as root, so root's becomes the server's.
std::vector<std::string> command(std::string const& program, std::string const& folder,
                                 std::string const& socket) {
    std::vector<std::string> words{program};
    struct stat status {};
    if (::geteuid() == 0 && ::stat(socket.c_str(), &status) == 0) {
        auto const* const owner = ::getpwuid(status.st_uid);
        if (owner == nullptr || ::chown(folder.c_str(), status.st_uid, status.st_gid) != 0) {
            throw std::runtime_error("nobody to run PgBouncer as");
        }
        words.insert(words.end(), {"-u", owner->pw_name});
    }
    words.push_back(folder + "/pgbouncer.ini");
    return words;
}

}  // namespace

std::optional<std::string> Pooler::program() {
    char const* const named = std::getenv("INDEXER_TEST_PGBOUNCER");
    std::string const program = named == nullptr ? "/usr/sbin/pgbouncer" : named;
    if (::access(program.c_str(), X_OK) != 0) return std::nullopt;
    return program;
}

Pooler::Pooler(std::string const& mode, std::string const& server) {
    auto parts = parts_of(server);
    auto const folder = folder_.path().string();
    std::ofstream(folder + "/pgbouncer.ini") << fmt::format(
        "[databases]\n{0} = host={1} user={2}\n"
        "[pgbouncer]\nlisten_addr =\nlisten_port = 6432\nunix_socket_dir = {3}\n"
        "auth_type = any\npool_mode = {4}\ndefault_pool_size = {5}\n",
        parts["dbname"], parts["host"], parts["user"], folder, mode, mode == "session" ? 20 : 4);
    url_ = fmt::format("postgresql:///{}?host={}&port=6432&user={}", parts["dbname"], folder,
                       parts["user"]);
    process_ = std::make_unique<Process>(command(*program(), folder, parts["host"]));
    if (!process_->wait_for_error_text("process up")) {
        throw std::runtime_error("PgBouncer: " + process_->wait().err);
    }
}

}  // namespace indexer::test
