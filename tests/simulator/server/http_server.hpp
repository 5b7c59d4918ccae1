#pragma once

#include <functional>
#include <map>
#include <string>

#include <httplib.h>

#include "tests/simulator/server/reply.hpp"
#include "tests/simulator/server/stats.hpp"
#include "tests/simulator/server/stop.hpp"

namespace indexer::simulator {

struct HttpRequest {
    std::string method;
    std::string path;
    std::string body;
    std::map<std::string, std::string> query;
    bool accepts_gzip = false;
};

// HTTP/1.1 on the loopback interface, a thread per connection. httplib reads and routes; sockets
// are ours (see Connection), so that replies can also break off in every way a network knows.
class HttpServer final : private httplib::Server {
  public:
    // Called from many threads at once.
    using Handler = std::function<Reply(HttpRequest const&)>;

    // Requires: `stats` and `stop` live as long as the server.
    HttpServer(Handler handler, Stats& stats, StopSignal& stop, std::size_t threads);

    // Takes the port, 0 for any free one, and returns it. Throws base::Error when it is taken.
    int bind(int port);

    // Serves until the stop signal is set.
    void run();

    void stop();

  private:
    bool process_and_close_socket(socket_t socket) override;
    void answer(httplib::Request const& request, httplib::Response& response);

    Handler handler_;
    Stats& stats_;
    StopSignal& stop_;
    int listener_ = -1;
};

}  // namespace indexer::simulator
