#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

namespace indexer::observe {

struct Page {
    int status = 200;
    std::string type;  // of the body, as in Content-Type
    std::string body;
};

// Serves a few pages over HTTP/1.1 in threads of its own; every other path is 404. One request a
// connection, and a client that dawdles is cut off after two seconds, which is also the longest
// that the destructor can take.
class HttpServer {
  public:
    // Called from several threads at once.
    using MakePage = std::function<Page()>;

    // Listens on `address`: "127.0.0.1:9464", "[::1]:9464"; port 0 is any free one. Throws
    // base::Error with Fault::usage when it is no address, or is taken.
    HttpServer(std::string const& address, std::map<std::string, MakePage> const& pages);
    HttpServer(HttpServer const&) = delete;
    HttpServer& operator=(HttpServer const&) = delete;
    ~HttpServer();

    // "http://127.0.0.1:9464", with the port in use.
    [[nodiscard]] std::string const& url() const noexcept { return url_; }

  private:
    class Server;

    std::unique_ptr<Server> server_;
    std::string url_;
    std::thread thread_;
};

}  // namespace indexer::observe
