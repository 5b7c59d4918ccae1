#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/free_list.hpp"
#include "base/secret.hpp"

namespace indexer::rpc {

struct HttpOptions {
    base::Secret url;
    std::chrono::milliseconds connect_timeout;
    std::chrono::milliseconds timeout;  // from connect to last byte
    std::size_t max_response_bytes;     // as received, and again when unpacked
    bool gzip;                          // ask for compressed answers
};

struct HttpResponse {
    long status = 0;
    std::string content_type;
    std::optional<std::chrono::seconds> retry_after;
    std::map<std::string, std::string> rate_limits;  // headers x-ratelimit-*, by lower-case name
    std::string body;  // unpacked; simdjson's padding behind it as spare capacity
};

// Posts JSON to one URL over HTTP/1.1. Safe for concurrent use: a call under way has a connection
// of its own, which is kept alive for later calls. TLS certificates are verified; redirects are not
// followed, since they would carry the URL's secrets elsewhere.
class HttpTransport {
  public:
    // Throws base::Error with Fault::usage when the URL is none, or is neither http nor https.
    explicit HttpTransport(HttpOptions options);
    ~HttpTransport();

    // Any status is an answer. Throws base::Error with Fault::endpoint and
    // Recovery::retry_elsewhere when there was no whole answer, its text not naming the URL;
    // Fault::stopped as soon as a stop is requested, whatever it is waiting for.
    [[nodiscard]] HttpResponse post(std::string_view json, std::stop_token stop);

  private:
    class Connection;

    HttpOptions const options_;
    base::FreeList<Connection> connections_;
};

}  // namespace indexer::rpc
