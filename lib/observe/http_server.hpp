#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <stop_token>
#include <string>
#include <thread>

#include "base/descriptor.hpp"
#include "observe/listener.hpp"
#include "observe/visitor.hpp"

namespace indexer::observe {

struct Page {
    int status = 200;
    std::string type;  // of the body, as in Content-Type
    std::string body;
};

// Serves a few pages over HTTP/1.1 in a thread of its own; every other path is 404. One request a
// connection. Nobody waits for a client that dawdles: whoever has sent a whole request is answered,
// and who has not in two seconds is cut off, the longest waiting first when there are too many.
class HttpServer {
  public:
    // At the same time.
    static constexpr std::size_t kMostClients = 64;

    // Called from the server's thread.
    using MakePage = std::function<Page()>;

    // Listens on `address`: "127.0.0.1:9464", "[::1]:9464"; port 0 is any free one. Throws
    // base::Error with Fault::usage when it is no address, or is taken.
    HttpServer(std::string const& address, std::map<std::string, MakePage> pages);
    HttpServer(HttpServer const&) = delete;
    HttpServer& operator=(HttpServer const&) = delete;
    ~HttpServer();

    // "http://127.0.0.1:9464", with the port in use.
    [[nodiscard]] std::string const& url() const noexcept { return listener_.url(); }

  private:
    void serve(std::stop_token const& stop);
    void wait();
    void accept_some();
    void let_go();
    [[nodiscard]] std::string answer(HttpRequest const* request) const;

    std::map<std::string, MakePage> const pages_;
    Listener const listener_;
    base::Descriptor const wake_;  // an eventfd(2)
    std::list<Visitor> visitors_;  // the longest here first
    bool resting_ = false;         // there was no descriptor for a client that waits
    std::jthread thread_;
};

}  // namespace indexer::observe
