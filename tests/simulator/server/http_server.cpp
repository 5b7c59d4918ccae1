#include "tests/simulator/server/http_server.hpp"

#include <algorithm>
#include <limits>
#include <memory>

#include <sys/socket.h>

#include "base/error.hpp"
#include "tests/simulator/server/connection.hpp"
#include "tests/simulator/server/delivery.hpp"

namespace indexer::simulator {
namespace {

constexpr int kBacklog = 1024;  // httplib's own is 5; a sixth client at once would wait a second

}  // namespace

HttpServer::HttpServer(Handler handler, Stats& stats, StopSignal& stop, std::size_t threads)
    : handler_(std::move(handler)), stats_(stats), stop_(stop) {
    new_task_queue = [threads] { return new httplib::ThreadPool(threads); };
    set_tcp_nodelay(true);
    set_keep_alive_max_count(std::numeric_limits<std::size_t>::max());
    set_socket_options([this](socket_t socket) {
        listener_ = socket;
        httplib::default_socket_options(socket);
    });
    auto const handle = [this](auto const& request, auto& response) { answer(request, response); };
    Get(".*", handle);
    Post(".*", handle);
}

int HttpServer::bind(int port) {
    int const bound =
        port == 0 ? bind_to_any_port("127.0.0.1") : (bind_to_port("127.0.0.1", port) ? port : -1);
    if (bound < 0) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "server: cannot listen on port " + std::to_string(port));
    }
    ::listen(listener_, kBacklog);
    return bound;
}

void HttpServer::run() {
    listen_after_bind();
}

void HttpServer::stop() {
    stop_.set();
    httplib::Server::stop();
}

bool HttpServer::process_and_close_socket(socket_t socket) {
    stats_.connection_opened();
    Connection connection(socket, stop_);
    bool closing = false;
    bool well = true;
    while (well && !closing && connection.wait_readable()) {
        well = process_request(connection, false, closing, nullptr);
    }
    stats_.connection_closed();
    return well;
}

void HttpServer::answer(httplib::Request const& request, httplib::Response& response) {
    auto const accepted = request.get_header_value("Accept-Encoding");
    Reply reply = handler_({.method = request.method,
                            .path = request.path,
                            .body = request.body,
                            .query = {request.params.begin(), request.params.end()},
                            .accepts_gzip = accepted.find("gzip") != std::string::npos});
    response.status = reply.status;
    for (auto const& [name, value] : reply.headers) response.set_header(name, value);
    deliver(std::make_shared<Reply>(std::move(reply)), response, stop_);
}

}  // namespace indexer::simulator
