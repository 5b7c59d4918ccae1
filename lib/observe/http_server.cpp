#include "observe/http_server.hpp"

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <latch>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <httplib.h>

#include "base/error.hpp"
#include "base/number.hpp"
#include "observe/brief_stream.hpp"

namespace indexer::observe {
namespace {

constexpr std::size_t kThreads = 2;  // a scraper and a probe at once
constexpr std::chrono::seconds kTimeForRequest{2};

base::Error cannot_listen(std::string const& address, std::string_view why, std::string hint) {
    return base::Error(base::Fault::usage, base::Recovery::never,
                       fmt::format("metrics: cannot listen on {}: {}", address, why),
                       std::move(hint));
}

struct Address {
    std::string host;  // as in a URL: an IPv6 address in brackets
    int port;
};

std::optional<Address> parse(std::string const& text) {
    auto const colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    auto const port = base::whole_number<std::uint16_t>(std::string_view(text).substr(colon + 1));
    if (!port) return std::nullopt;
    return Address{text.substr(0, colon), *port};
}

std::string without_brackets(std::string const& host) {
    return host.front() == '[' && host.back() == ']' ? host.substr(1, host.size() - 2) : host;
}

// httplib shares the port with whoever else listens (SO_REUSEPORT), which would hide that it is
// taken. This only lets a new run follow an old one at once.
void take_alone(socket_t socket) {
    int const yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

}  // namespace

class HttpServer::Server final : public httplib::Server {
  public:
    explicit Server(std::map<std::string, MakePage> const& pages) {
        set_socket_options(take_alone);
        set_payload_max_length(0);
        for (auto const& [path, make_page] : pages) {
            Get(path, [make = make_page](auto const&, httplib::Response& response) {
                auto const page = make();
                response.status = page.status;
                response.set_content(page.body, page.type);
            });
        }
    }

    // The port in use; nothing when the address cannot be had.
    std::optional<int> bind(Address const& address) {
        auto const host = without_brackets(address.host);
        if (address.port != 0) {
            if (!bind_to_port(host, address.port)) return std::nullopt;
            return address.port;
        }
        int const port = bind_to_any_port(host);
        return port < 0 ? std::nullopt : std::optional(port);
    }

    // Returns when requests are being taken, so that stop() is heard from then on.
    std::thread start() {
        std::latch running(1);
        new_task_queue = [&running] {
            auto* const queue = new httplib::ThreadPool(kThreads);  // httplib owns it
            running.count_down();
            return queue;
        };
        std::thread thread([this] { listen_after_bind(); });
        running.wait();
        return thread;
    }

  private:
    bool process_and_close_socket(socket_t socket) override {
        BriefStream stream(socket, kTimeForRequest);
        bool closed = false;
        return process_request(stream, true, closed, nullptr);
    }
};

HttpServer::HttpServer(std::string const& address, std::map<std::string, MakePage> const& pages)
    : server_(std::make_unique<Server>(pages)) {
    auto const parsed = parse(address);
    if (!parsed) throw cannot_listen(address, "not an address", "write it like 127.0.0.1:9464");
    errno = 0;
    auto const port = server_->bind(*parsed);
    if (!port) {
        throw cannot_listen(address, errno == 0 ? "no such host" : std::strerror(errno),
                            "choose another port, or 0 for any");
    }
    url_ = fmt::format("http://{}:{}", parsed->host, *port);
    thread_ = server_->start();
}

HttpServer::~HttpServer() {
    server_->stop();
    thread_.join();
}

}  // namespace indexer::observe
