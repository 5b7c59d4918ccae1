#include "embedded/layout.hpp"

#include <cctype>
#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <sys/un.h>

#include "base/error.hpp"

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

fs::path socket_directory_of(fs::path const& home, fs::path const& shelter) {
    auto inside = home / "run";
    if (fits_an_address(inside / kSocket)) return inside;
    auto outside = shelter / fmt::format("run-{:016x}", fingerprint(home.native()));
    if (!shelter.empty() && fits_an_address(outside / kSocket)) return outside;
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      fmt::format("embedded: {}: too long for the address of a socket, which is at "
                                  "most {} bytes",
                                  (inside / kSocket).string(), sizeof(sockaddr_un::sun_path) - 1),
                      "give --data-dir a shorter path");
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

Layout::Layout(fs::path home_directory, fs::path const& shelter)
    : home(std::move(home_directory)),
      data(home / "data"),
      draft(home / "data.new"),
      log(home / "server.log"),
      lock(home / "server.lock"),
      socket_directory(socket_directory_of(home, shelter)),
      socket(socket_directory / kSocket) {
}

std::string Layout::url(std::string const& user) const {
    auto const peer = user.empty() ? "" : "&requirepeer=" + url_encoded(user);
    return fmt::format("postgresql:///indexer?host={}&port=5432&user=indexer{}",
                       url_encoded(socket_directory.native()), peer);
}

}  // namespace indexer::embedded
