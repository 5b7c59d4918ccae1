#include "tests/world/bomb_node.hpp"

#include <array>
#include <list>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <httplib.h>
#include <libdeflate.h>
#include <netinet/in.h>
#include <simdjson.h>
#include <sys/socket.h>
#include <unistd.h>

namespace indexer::test {
namespace {

constexpr std::size_t kMillion = 1'000'000;
constexpr std::string_view kLink = "%LINK%";

std::string packed(std::string const& text) {
    auto* const compressor = libdeflate_alloc_compressor(6);
    std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
    out.resize(
        libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
    libdeflate_free_compressor(compressor);
    return out;
}

std::string http(std::string const& body, std::string const& header = {}) {
    return fmt::format(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{}Content-Length: {}"
        "\r\n\r\n{}",
        header, body.size(), body);
}

std::string gzip(std::string const& bytes) {
    return http(bytes, "Content-Encoding: gzip\r\n");
}

// The last four bytes are the size unpacked.
std::string promise() {
    auto bytes = packed("x");
    return bytes.substr(0, bytes.size() - 4) + std::string("\0\0\xF0\x1F", 4);
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

std::string block(std::string const& link, std::string const& transactions,
                  std::string const& more = {}) {
    return fmt::format(R"({{{},"blockTime":1,"blockHeight":1,"transactions":[{}]{}}})", link,
                       transactions, more);
}

std::string names() {
    std::string all;
    for (std::size_t i = 0; i < kMillion; ++i) all += fmt::format(R"(,"k{}":1)", i);
    return all;
}

// How a block that a node answered with links to its neighbours.
std::string link_in(std::string const& answer) {
    simdjson::dom::parser parser;
    simdjson::dom::object const block = parser.parse(answer)["result"];
    return fmt::format(R"("blockhash":"{}","parentSlot":{},"previousBlockhash":"{}")",
                       std::string_view(block["blockhash"]), std::uint64_t(block["parentSlot"]),
                       std::string_view(block["previousBlockhash"]));
}

std::string linked(std::string result, std::string const& answer) {
    auto const at = result.find(kLink);
    if (at != std::string::npos) result.replace(at, kLink.size(), link_in(answer));
    return result;
}

bool send_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const count = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace

Bomb bomb(std::string const& name) {
    auto const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    if (name == "gzip") return {gzip(packed(std::string(64U << 20U, ' '))), {}, {}};
    if (name == "gzip_promise") return {gzip(promise()), {}, {}};
    if (name == "body") {
        return {std::string(chunked) + "7fffffff\r\n", std::string(1U << 16U, ' '), {}};
    }
    if (name == "trailers") {
        return {std::string(chunked) + "0\r\n", repeated("X-T: aaaaaaaa\r\n", 10'000), {}};
    }
    if (name == "headers")
        return {"HTTP/1.1 200 OK\r\n", repeated("X-H: aaaaaaaa\r\n", 10'000), {}};
    if (name == "header") return {"HTTP/1.1 200 OK\r\nX: ", std::string(1U << 20U, 'a'), {}};
    if (name == "interim") return {"", repeated("HTTP/1.1 102 Processing\r\n\r\n", 10'000), {}};
    auto const link = std::string(kLink);
    if (name == "zeros") return {{}, {}, block(link, "0" + repeated(",0", kMillion))};
    if (name == "names") return {{}, {}, block(link, "", names())};
    if (name == "hash") {
        auto const hash = std::string(3 * kMillion, 'A');
        return {{},
                {},
                block(R"("previousBlockhash":"A","parentSlot":1,"blockhash":")" + hash + '"', "")};
    }
    throw std::invalid_argument("no such bomb: " + name);
}

class BombNode::Impl {
  public:
    Impl(std::string upstream, std::uint64_t first, std::uint64_t last, Bomb bomb)
        : upstream_(std::move(upstream)), first_(first), last_(last), bomb_(std::move(bomb)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        bool const listens = ::bind(listener_, generic, size) == 0 &&
                             ::listen(listener_, SOMAXCONN) == 0 &&
                             ::getsockname(listener_, generic, &size) == 0;
        if (!listens) throw std::runtime_error("cannot listen on a loopback port");
        port_ = ntohs(address.sin_port);
        acceptor_ = std::thread([this] { accept_all(); });
    }
    Impl(Impl const&) = delete;
    Impl& operator=(Impl const&) = delete;
    ~Impl() {
        ::shutdown(listener_, SHUT_RDWR);
        acceptor_.join();
        ::close(listener_);
        for (Connection& connection : connections_) ::shutdown(connection.fd, SHUT_RDWR);
        for (Connection& connection : connections_) {
            connection.thread.join();
            ::close(connection.fd);
        }
    }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

  private:
    struct Connection {
        int fd;
        std::thread thread;
    };

    void accept_all() {
        for (;;) {
            int const fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0) return;
            auto& connection = connections_.emplace_back(Connection{fd, {}});
            connection.thread = std::thread([this, fd] { serve(fd); });
        }
    }

    void serve(int fd) {
        httplib::Client node(upstream_);
        std::string received;
        while (auto const body = next_request(fd, received)) {
            if (!answer(fd, node, *body)) break;
        }
        ::shutdown(fd, SHUT_RDWR);
    }

    static std::optional<std::string> next_request(int fd, std::string& received) {
        constexpr std::string_view kLength = "Content-Length: ";
        std::array<char, 4'096> buffer{};
        for (;;) {
            auto const head = received.find("\r\n\r\n");
            auto const length = received.find(kLength);
            if (head != std::string::npos && length < head) {
                auto const size = std::stoul(received.substr(length + kLength.size()));
                if (received.size() >= head + 4 + size) {
                    auto body = received.substr(head + 4, size);
                    received.erase(0, head + 4 + size);
                    return body;
                }
            }
            auto const count = ::recv(fd, buffer.data(), buffer.size(), 0);
            if (count <= 0) return std::nullopt;
            received.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }

    // False when the connection is over.
    bool answer(int fd, httplib::Client& node, std::string const& body) {
        simdjson::dom::parser parser;
        simdjson::dom::element const request = parser.parse(body);
        bool const target = is_target(request);
        if (target && bomb_.result.empty()) return explode(fd);
        auto const answer = node.Post("/", body, "application/json");
        if (!answer) return false;
        if (!target) return send_all(fd, http(answer->body));
        return send_all(fd, http(fmt::format(R"({{"jsonrpc":"2.0","result":{},"id":{}}})",
                                             linked(bomb_.result, answer->body),
                                             std::uint64_t(request["id"]))));
    }

    [[nodiscard]] bool is_target(simdjson::dom::element request) const {
        if (std::string_view(request["method"]) != "getBlock") return false;
        std::uint64_t const slot = request["params"].at(0);
        return slot >= first_ && slot <= last_;
    }

    bool explode(int fd) const {
        if (!send_all(fd, bomb_.begin)) return false;
        while (!bomb_.repeat.empty()) {
            if (!send_all(fd, bomb_.repeat)) return false;
        }
        return true;
    }

    std::string const upstream_;
    std::uint64_t const first_;
    std::uint64_t const last_;
    Bomb const bomb_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::list<Connection> connections_;  // of the acceptor, until it has ended
    std::thread acceptor_;
};

BombNode::BombNode(std::string upstream, std::uint64_t first_slot, std::uint64_t last_slot,
                   Bomb bomb)
    : impl_(std::make_unique<Impl>(std::move(upstream), first_slot, last_slot, std::move(bomb))) {
}

BombNode::~BombNode() = default;

std::string BombNode::url() const {
    return fmt::format("http://127.0.0.1:{}", impl_->port());
}

}  // namespace indexer::test
