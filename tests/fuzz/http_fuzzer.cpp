// Any bytes as what a server sends on a connection: an answer or an error that is promised, in no
// more memory than was counted, all of which comes back.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "rpc/http.hpp"

namespace indexer::rpc {
namespace {

constexpr std::size_t kMemory = 4U << 20U;

// Listens on a loopback port for as long as the program runs.
class Server {
  public:
    Server() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 1) != 0 ||
            ::getsockname(listener_, generic, &size) != 0) {
            std::abort();
        }
        url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    }

    [[nodiscard]] std::string const& url() const noexcept { return url_; }

    void answer(std::string_view bytes) const {
        int const fd = ::accept(listener_, nullptr, nullptr);
        (void)::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        ::shutdown(fd, SHUT_WR);
        char request[4'096];
        while (::recv(fd, request, sizeof request, 0) > 0) {
        }
        ::close(fd);
    }

  private:
    int listener_;
    std::string url_;
};

void try_answer(std::string_view bytes) {
    static Server const server;
    base::MemoryBudget memory(kMemory);
    std::thread answering([&] { server.answer(bytes); });
    {
        HttpTransport http({.url = base::Secret(server.url()),
                            .headers = {},
                            .connect_timeout = std::chrono::seconds(5),
                            .timeout = std::chrono::seconds(5),
                            .max_response_bytes = kMemory,
                            .gzip = true},
                           memory);
        try {
            auto const response = http.post("{}", {});
            if (response.body->size() > kMemory / 4) std::abort();
        } catch (base::Error const&) {
            // No answer, or one that is too large.
        }
        if (memory.used() != 0) std::abort();
    }
    answering.join();
}

}  // namespace
}  // namespace indexer::rpc

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    indexer::rpc::try_answer({reinterpret_cast<char const*>(data), size});
    return 0;
}
