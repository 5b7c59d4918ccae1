#include "embedded/layout.hpp"

#include <cctype>
#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <sys/un.h>

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSocket = ".s.PGSQL.5432";  // PostgreSQL's name for it

bool fits_an_address(fs::path const& socket) {
    return socket.native().size() < sizeof(sockaddr_un::sun_path);
}

// FNV-1a, 64 bits: the same home always gives the same name.
std::uint64_t fingerprint(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (char const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

fs::path socket_directory_of(fs::path const& home) {
    auto inside = home / "run";
    if (fits_an_address(inside / kSocket)) return inside;
    return fmt::format("/tmp/indexer-{:016x}", fingerprint(home.native()));
}

std::string url_encoded(std::string_view text) {
    std::string encoded;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const plain =
            std::isalnum(byte) != 0 || std::string_view("/-._~").find(c) != std::string_view::npos;
        encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return encoded;
}

}  // namespace

Layout::Layout(fs::path home_directory)
    : home(std::move(home_directory)),
      data(home / "data"),
      draft(home / "data.new"),
      log(home / "server.log"),
      lock(home / "lock"),
      socket_directory(socket_directory_of(home)),
      socket(socket_directory / kSocket) {
}

std::string Layout::url() const {
    return fmt::format("postgresql:///indexer?host={}&port=5432&user=indexer",
                       url_encoded(socket_directory.native()));
}

}  // namespace indexer::embedded
