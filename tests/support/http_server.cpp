#include "tests/support/http_server.hpp"

#include <algorithm>
#include <stdexcept>

#include <httplib.h>
#include <simdjson.h>

namespace indexer::test {
namespace {

std::string id_of(std::string const& request) {
    simdjson::dom::parser parser;
    simdjson::dom::element id;
    if (parser.parse(request)["id"].get(id) != simdjson::SUCCESS) return "null";
    return simdjson::to_string(id);
}

std::string with_id(std::string body, std::string const& request) {
    constexpr std::string_view kMark = "%ID%";
    if (auto const at = body.find(kMark); at != std::string::npos) {
        body.replace(at, kMark.size(), id_of(request));
    }
    return body;
}

}  // namespace

HttpServer::HttpServer(std::vector<Step> script)
    : script_(std::move(script)), server_(std::make_unique<httplib::Server>()) {
    auto const answer = [this](httplib::Request const& request, httplib::Response& response) {
        handle(request, response);
    };
    server_->Get(".*", answer);
    server_->Post(".*", answer);
    server_->set_keep_alive_max_count(1'000'000);
    server_->set_tcp_nodelay(true);
    port_ = server_->bind_to_any_port("127.0.0.1");
    if (port_ <= 0) throw std::runtime_error("no loopback port");
    thread_ = std::thread([this] { server_->listen_after_bind(); });
    while (!server_->is_running()) std::this_thread::yield();
}

HttpServer::~HttpServer() {
    {
        std::lock_guard const lock(mutex_);
        closing_ = true;
    }
    changed_.notify_all();
    server_->stop();
    thread_.join();
}

std::string HttpServer::url() const {
    return "http://127.0.0.1:" + std::to_string(port_);
}

std::size_t HttpServer::requests() const {
    std::lock_guard const lock(mutex_);
    return bodies_.size();
}

std::size_t HttpServer::connections() const {
    std::lock_guard const lock(mutex_);
    return ports_.size();
}

std::vector<std::string> HttpServer::bodies() const {
    std::lock_guard const lock(mutex_);
    return bodies_;
}

std::string HttpServer::header(std::string const& name) const {
    std::lock_guard const lock(mutex_);
    auto const found = headers_.find(name);
    return found == headers_.end() ? "" : found->second;
}

void HttpServer::wait_for_requests(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return bodies_.size() >= count; });
}

HttpServer::Step const& HttpServer::next_step(httplib::Request const& request) {
    std::lock_guard const lock(mutex_);
    auto const& step = script_[std::min(bodies_.size(), script_.size() - 1)];
    bodies_.push_back(request.body);
    headers_ = {request.headers.begin(), request.headers.end()};
    ports_.insert(request.remote_port);
    changed_.notify_all();
    return step;
}

void HttpServer::hang() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closing_; });
}

void HttpServer::handle(httplib::Request const& request, httplib::Response& response) {
    auto const& step = next_step(request);
    step ? step(request, response) : hang();
}

HttpServer::Step answers(int status, std::string const& body, std::string const& content_type) {
    return [=](httplib::Request const& request, httplib::Response& response) {
        response.status = status;
        response.set_content(with_id(body, request.body), content_type);
    };
}

HttpServer::Step result(std::string const& json) {
    return answers(200, R"({"jsonrpc":"2.0","result":)" + json + R"(,"id":%ID%})");
}

HttpServer::Step error(int code, std::string const& message) {
    return answers(200, R"({"jsonrpc":"2.0","error":{"code":)" + std::to_string(code) +
                            R"(,"message":")" + message + R"("},"id":%ID%})");
}

HttpServer::Step with_header(std::string const& name, std::string const& value,
                             HttpServer::Step const& step) {
    return [=](httplib::Request const& request, httplib::Response& response) {
        step(request, response);
        response.set_header(name, value);
    };
}

}  // namespace indexer::test
