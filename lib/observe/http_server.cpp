#include "observe/http_server.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.hpp"

namespace indexer::observe {
namespace {

constexpr std::chrono::seconds kTimeForRequest{2};
constexpr std::chrono::milliseconds kRest{100};

std::string_view reason(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 400:
            return "Bad Request";
        case 404:
            return "Not Found";
        default:
            return "Service Unavailable";
    }
}

std::string response(Page const& page, bool with_body) {
    return fmt::format(
        "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
        page.status, reason(page.status), page.type, page.body.size(),
        with_body ? std::string_view(page.body) : std::string_view());
}

Page without_text(int status) {
    return {status, "text/plain", ""};
}

}  // namespace

HttpServer::HttpServer(std::string const& address, std::map<std::string, MakePage> pages)
    : pages_(std::move(pages)),
      listener_(address),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      thread_([this](std::stop_token stop) { serve(stop); }) {
}

HttpServer::~HttpServer() {
    thread_.request_stop();
    std::uint64_t const one = 1;
    [[maybe_unused]] auto const written = ::write(wake_.number(), &one, sizeof one);
    thread_.join();
}

void HttpServer::serve(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        wait();
        accept_some();
        let_go();
    }
}

// Until somebody comes, a visitor moves, or the time of one is up; moves those who can.
void HttpServer::wait() {
    using std::chrono::milliseconds;
    std::vector<pollfd> watched{{wake_.number(), POLLIN, 0},
                                {resting_ ? -1 : listener_.socket(), POLLIN, 0}};
    for (Visitor const& visitor : visitors_) {
        watched.push_back({visitor.socket(), visitor.events(), 0});
    }
    auto time = resting_ ? kRest : milliseconds(kTimeForRequest);
    if (!visitors_.empty()) {
        auto const left = visitors_.front().ends() - base::steady_clock().now();
        auto const until = std::max(milliseconds(0), std::chrono::ceil<milliseconds>(left));
        time = resting_ ? std::min(time, until) : until;
    }
    if (::poll(watched.data(), watched.size(), static_cast<int>(time.count())) <= 0) return;
    auto const answering = [this](HttpRequest const* request) { return answer(request); };
    auto at = watched.begin() + 2;
    for (Visitor& visitor : visitors_) {
        if ((at++)->revents != 0) visitor.move(answering);
    }
}

// Whoever is here for longest without having asked makes room for who comes. Half of all at a time,
// so that everybody is listened to before.
void HttpServer::accept_some() {
    auto const ends = base::steady_clock().now() + kTimeForRequest;
    resting_ = false;
    for (std::size_t taken = 0; taken < kMostClients / 2; ++taken) {
        auto client = listener_.accept();
        if (!client) {
            // Without a free descriptor the listener would wake us at once, and again.
            resting_ = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
            return;
        }
        if (visitors_.size() == kMostClients) {
            auto const asking = std::find_if(visitors_.begin(), visitors_.end(),
                                             [](auto const& visitor) { return visitor.asking(); });
            visitors_.erase(asking == visitors_.end() ? visitors_.begin() : asking);
        }
        visitors_.emplace_back(std::move(*client), ends);
        // Who has asked already is served before the next may push it out.
        visitors_.back().move([this](HttpRequest const* request) { return answer(request); });
    }
}

void HttpServer::let_go() {
    auto const now = base::steady_clock().now();
    visitors_.remove_if(
        [&](Visitor const& visitor) { return visitor.gone() || visitor.ends() <= now; });
}

std::string HttpServer::answer(HttpRequest const* request) const {
    if (request == nullptr) return response(without_text(400), true);
    bool const head = request->method == "HEAD";
    auto const page = pages_.find(std::string(request->path));
    if (page == pages_.end() || (!head && request->method != "GET")) {
        return response(without_text(404), true);
    }
    return response(page->second(), !head);
}

}  // namespace indexer::observe
