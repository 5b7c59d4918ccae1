#pragma once

#include <stop_token>
#include <string_view>

#include "base/free_list.hpp"
#include "rpc/http_connection.hpp"

namespace indexer::rpc {

// Posts JSON to one URL over HTTP/1.1, or reads files below it. Safe for concurrent use: a call
// under way has a connection of its own, which is kept alive for later calls. TLS certificates are
// verified; redirects are not followed, since they would carry the URL's secrets elsewhere. Must
// outlive its responses.
class HttpTransport {
  public:
    // Throws base::Error with Fault::usage when the URL is none, or is neither http nor https, and
    // when a header is none.
    HttpTransport(HttpOptions options, base::MemoryBudget& memory);

    // Any status is an answer. Throws base::Error with Fault::endpoint and
    // Recovery::retry_elsewhere when there was no whole answer, its text not naming the URL;
    // TimedOut when there was none in time; Fault::stopped as soon as a stop is requested, whatever
    // it is waiting for.
    [[nodiscard]] HttpResponse post(std::string_view json, std::stop_token stop);

    // The same of what lies at `path` below the URL, or only whether it is there. A transport is
    // for one or the other: calls or files.
    [[nodiscard]] HttpResponse get(std::string_view path, std::stop_token stop);
    [[nodiscard]] HttpResponse head(std::string_view path, std::stop_token stop);

  private:
    HttpOptions const options_;
    AnswerLimit const limit_;
    base::Bodies bodies_;
    base::FreeList<HttpConnection> connections_;
};

}  // namespace indexer::rpc
