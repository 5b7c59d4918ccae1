#pragma once

#include <chrono>
#include <cstddef>
#include <exception>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/body.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "rpc/body_buffer.hpp"
#include "rpc/curl.hpp"
#include "rpc/gunzip.hpp"
#include "rpc/header_count.hpp"

namespace indexer::rpc {

struct HttpOptions {
    base::Secret url;
    std::vector<base::Secret> headers;  // "Name: value", sent with every call
    std::chrono::milliseconds connect_timeout;
    std::chrono::milliseconds timeout;  // from connect to last byte
    std::size_t max_response_bytes;     // as received, and again when unpacked
    bool gzip;                          // ask for compressed answers
};

struct HttpResponse {
    long status = 0;
    std::string content_type;
    std::string location;  // where it redirects to
    std::optional<std::chrono::seconds> retry_after;
    std::map<std::string, std::string> rate_limits;  // headers x-ratelimit-*, by lower-case name
    base::Body body;  // unpacked; simdjson's padding behind it as spare capacity
};

// There was no whole answer in the time allowed.
class TimedOut final : public base::Error {
  public:
    explicit TimedOut(std::string const& what)
        : base::Error(base::Fault::endpoint, base::Recovery::retry_elsewhere, what) {}
};

// One libcurl handle and the connection it keeps alive. One thread at a time.
class HttpConnection {
  public:
    // `options` must outlive the connection, `bodies` what it answers too. Connects when it is
    // first needed.
    HttpConnection(HttpOptions const& options, AnswerLimit limit, base::Bodies& bodies);
    HttpConnection(HttpConnection const&) = delete;
    HttpConnection& operator=(HttpConnection const&) = delete;

    // As HttpTransport::post().
    [[nodiscard]] HttpResponse post(std::string_view json, std::stop_token stop);

    // As HttpTransport::get() and head(), of a whole URL.
    [[nodiscard]] HttpResponse get(std::string const& url, std::stop_token stop);
    [[nodiscard]] HttpResponse head(std::string const& url, std::stop_token stop);

  private:
    static std::size_t receive(char* bytes, std::size_t one, std::size_t count,
                               void* self) noexcept;
    static std::size_t receive_header(char* bytes, std::size_t one, std::size_t count,
                                      void* self) noexcept;
    [[nodiscard]] CURLcode transfer(std::stop_token stop);
    [[nodiscard]] HttpResponse exchange(std::stop_token stop);
    [[nodiscard]] HttpResponse response();
    [[nodiscard]] std::string header(char const* name) const;
    [[nodiscard]] std::map<std::string, std::string> rate_limits() const;
    [[nodiscard]] base::Body unpacked_body();
    [[noreturn]] void fail(CURLcode code);
    [[nodiscard]] std::chrono::milliseconds time_allowed() const;

    HttpOptions const& options_;
    AnswerLimit const limit_;
    base::Bodies& bodies_;
    curl::List headers_;
    curl::Easy easy_;
    curl::Multi multi_;  // of this handle alone, so that a wake-up reaches nobody else
    BodyBuffer body_;
    HeaderCount header_count_;
    std::exception_ptr refused_;  // why the transfer was ended
    Gunzip gunzip_;
};

}  // namespace indexer::rpc
