#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace httplib {
class Server;
struct Request;
struct Response;
}  // namespace httplib

namespace indexer::test {

// An HTTP server on a loopback port that answers as a test says: each request by the next step of
// the script, the last step again and again. Steps are called from the server's threads.
class HttpServer {
  public:
    // An empty step answers nothing until the server is destroyed.
    using Step = std::function<void(httplib::Request const&, httplib::Response&)>;

    explicit HttpServer(std::vector<Step> script);
    ~HttpServer();

    // "http://127.0.0.1:<port>"
    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::size_t requests() const;
    // How many TCP connections the requests came by.
    [[nodiscard]] std::size_t connections() const;
    // The bodies of the requests, in order.
    [[nodiscard]] std::vector<std::string> bodies() const;
    // A header of the newest request; empty where it had none.
    [[nodiscard]] std::string header(std::string const& name) const;

    // Waits until so many requests have arrived.
    void wait_for_requests(std::size_t count);

  private:
    void handle(httplib::Request const& request, httplib::Response& response);
    [[nodiscard]] Step const& next_step(httplib::Request const& request);
    void hang();

    std::vector<Step> script_;
    std::unique_ptr<httplib::Server> server_;
    int port_ = 0;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool closing_ = false;
    std::vector<std::string> bodies_;
    std::map<std::string, std::string> headers_;  // of the newest request
    std::set<int> ports_;
    std::thread thread_;
};

inline HttpServer::Step const hang;
// More steps. "%ID%" in a body becomes the id of the request.
[[nodiscard]] HttpServer::Step answers(int status, std::string const& body,
                                       std::string const& content_type = "application/json");
[[nodiscard]] HttpServer::Step result(std::string const& json);
[[nodiscard]] HttpServer::Step error(int code, std::string const& message);
[[nodiscard]] HttpServer::Step with_header(std::string const& name, std::string const& value,
                                           HttpServer::Step const& step);

}  // namespace indexer::test
