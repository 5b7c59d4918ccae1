#include "rpc/http_connection.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/error.hpp"

namespace indexer::rpc {
namespace {

// What is made of an answer while it is read, in parts of its size at most: where its values are
// takes simdjson 4 bytes each, and their text; or they are copied, and become rows.
constexpr std::size_t kWorkingCopies = 6;

// Of JSON that was packed.
constexpr std::size_t kExpectedRatio = 8;

base::Error failure(std::string const& what) {
    return {base::Fault::endpoint, base::Recovery::retry_elsewhere, what};
}

std::string lower_case(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

std::string readable(std::chrono::milliseconds duration) {
    if (duration.count() % 1000 != 0) return fmt::format("{} ms", duration.count());
    return fmt::format("{} s", duration.count() / 1000);
}

template <class Value>
void set(curl::Easy const& easy, CURLoption option, Value value) {
    CURLcode const code = curl_easy_setopt(easy.get(), option, value);
    if (code == CURLE_OK) return;
    throw base::Error(
        base::Fault::internal, base::Recovery::never,
        fmt::format("rpc: libcurl option {}: {}", int{option}, curl_easy_strerror(code)));
}

curl_off_t info(curl::Easy const& easy, CURLINFO which) {
    curl_off_t value = 0;
    curl_easy_getinfo(easy.get(), which, &value);
    return value;
}

curl::List request_headers(HttpOptions const& options) {
    curl::List list;
    auto const add = [&](char const* header) {
        auto* const longer = curl::made(curl_slist_append(list.get(), header));
        (void)list.release();
        list.reset(longer);
    };
    add("Content-Type: application/json");
    add("Accept: application/json");
    // libcurl is not told: it would unpack with zlib, in twice the time.
    if (options.gzip) add("Accept-Encoding: gzip");
    for (base::Secret const& header : options.headers) add(header.reveal().c_str());
    return list;
}

}  // namespace

HttpConnection::HttpConnection(HttpOptions const& options, AnswerLimit limit, base::Bodies& bodies)
    : options_(options),
      limit_(limit),
      bodies_(bodies),
      headers_(request_headers(options)),
      easy_(curl::made(curl::Easy(curl_easy_init()))),
      multi_(curl::made(curl::Multi(curl_multi_init()))),
      body_(limit, bodies) {
    set(easy_, CURLOPT_URL, options.url.reveal().c_str());
    set(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
    set(easy_, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    set(easy_, CURLOPT_HTTPHEADER, headers_.get());
    set(easy_, CURLOPT_USERAGENT, "indexer");
    set(easy_, CURLOPT_POST, 1L);
    set(easy_, CURLOPT_TCP_KEEPALIVE, 1L);
    set(easy_, CURLOPT_BUFFERSIZE, 256L * 1024);
    set(easy_, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limit.bytes));
    set(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
    set(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    set(easy_, CURLOPT_NOSIGNAL, 1L);
    // A stop must not wait for the resolver's thread.
    set(easy_, CURLOPT_QUICK_EXIT, 1L);
    set(easy_, CURLOPT_WRITEFUNCTION, &HttpConnection::receive);
    set(easy_, CURLOPT_WRITEDATA, this);
    set(easy_, CURLOPT_HEADERFUNCTION, &HttpConnection::receive_header);
    set(easy_, CURLOPT_HEADERDATA, this);
}

// Anything but the number of bytes given makes libcurl end the transfer.
std::size_t HttpConnection::receive(char* bytes, std::size_t one, std::size_t count,
                                    void* self) noexcept {
    auto& connection = *static_cast<HttpConnection*>(self);
    try {
        auto const promised = info(connection.easy_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
        return connection.body_.append({bytes, one * count}, promised) ? one * count : 0;
    } catch (std::exception const&) {
        connection.refused_ = std::current_exception();
        return 0;
    }
}

std::size_t HttpConnection::receive_header(char* bytes, std::size_t one, std::size_t count,
                                           void* self) noexcept {
    auto& connection = *static_cast<HttpConnection*>(self);
    if (connection.header_count_.add({bytes, one * count})) return one * count;
    connection.refused_ = std::make_exception_ptr(failure("answer of too many headers"));
    return 0;
}

HttpResponse HttpConnection::post(std::string_view json, std::stop_token stop) {
    set(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(json.size()));
    set(easy_, CURLOPT_POSTFIELDS, json.data());
    return exchange(std::move(stop));
}

HttpResponse HttpConnection::get(std::string const& url, std::stop_token stop) {
    set(easy_, CURLOPT_URL, url.c_str());
    set(easy_, CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
    set(easy_, CURLOPT_HTTPGET, 1L);
    return exchange(std::move(stop));
}

HttpResponse HttpConnection::head(std::string const& url, std::stop_token stop) {
    set(easy_, CURLOPT_URL, url.c_str());
    set(easy_, CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
    set(easy_, CURLOPT_NOBODY, 1L);
    return exchange(std::move(stop));
}

HttpResponse HttpConnection::exchange(std::stop_token stop) {
    struct Drop {
        BodyBuffer& body;
        ~Drop() { body.clear(); }
    } const when_over{body_};
    body_.clear();
    header_count_ = {};
    refused_ = nullptr;
    CURLcode const code = transfer(std::move(stop));
    if (code != CURLE_OK) fail(code);
    return response();
}

CURLcode HttpConnection::transfer(std::stop_token stop) {
    constexpr int kPollMilliseconds = 60'000;  // libcurl's own timers and a wake-up end it sooner
    std::stop_callback const wake(stop, [this] { curl_multi_wakeup(multi_.get()); });
    auto const detach = [this](CURL* easy) { curl_multi_remove_handle(multi_.get(), easy); };
    curl_multi_add_handle(multi_.get(), easy_.get());
    std::unique_ptr<CURL, decltype(detach)> const attached(easy_.get(), detach);

    for (int running = 1; running > 0;) {
        if (stop.stop_requested()) throw base::stopped("rpc");
        CURLMcode code = curl_multi_perform(multi_.get(), &running);
        if (code == CURLM_OK && running > 0) {
            code = curl_multi_poll(multi_.get(), nullptr, 0, kPollMilliseconds, nullptr);
        }
        if (code != CURLM_OK) return CURLE_FAILED_INIT;
    }
    int left = 0;
    CURLMsg const* const message = curl_multi_info_read(multi_.get(), &left);
    return message != nullptr ? message->data.result : CURLE_FAILED_INIT;
}

HttpResponse HttpConnection::response() {
    HttpResponse response;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &response.status);
    auto const retry_after = info(easy_, CURLINFO_RETRY_AFTER);
    if (retry_after > 0) response.retry_after = std::chrono::seconds(retry_after);
    response.content_type = header("Content-Type");
    response.location = header("Location");
    response.rate_limits = rate_limits();
    response.body = unpacked_body();
    response.body.count((1 + kWorkingCopies) * response.body->size());
    return response;
}

std::string HttpConnection::header(char const* name) const {
    curl_header* found = nullptr;
    auto const code = curl_easy_header(easy_.get(), name, 0, CURLH_HEADER, -1, &found);
    return code == CURLHE_OK ? found->value : std::string();
}

std::map<std::string, std::string> HttpConnection::rate_limits() const {
    std::map<std::string, std::string> limits;
    curl_header* at = nullptr;
    while ((at = curl_easy_nextheader(easy_.get(), CURLH_HEADER, -1, at)) != nullptr) {
        auto name = lower_case(at->name);
        if (name.starts_with("x-ratelimit-")) limits.insert_or_assign(std::move(name), at->value);
    }
    return limits;
}

base::Body HttpConnection::unpacked_body() {
    auto const encoding = lower_case(header("Content-Encoding"));
    if (encoding.empty() || encoding == "identity") return body_.take();
    if (encoding != "gzip") throw failure("answer of unknown encoding");
    auto text = bodies_.take(kExpectedRatio * body_.bytes().size());
    gunzip_.unpack(body_.bytes(), limit_, simdjson::SIMDJSON_PADDING, text);
    return text;
}

void HttpConnection::fail(CURLcode code) {
    if (refused_) std::rethrow_exception(std::exchange(refused_, nullptr));
    if (body_.overflowed() || code == CURLE_FILESIZE_EXCEEDED) throw too_large(limit_);
    if (code == CURLE_OPERATION_TIMEDOUT) {
        throw TimedOut("timeout after " + readable(time_allowed()));
    }
    // libcurl says so of a header that is longer than it allows, too.
    if (code == CURLE_OUT_OF_MEMORY) throw failure("answer of too long a header, or out of memory");
    // libcurl's constant text for the code: the detailed one may hold parts of the URL.
    std::string text = curl_easy_strerror(code);
    bool const begins_with_a_name = text.size() > 1 && text[1] >= 'A' && text[1] <= 'Z';  // "SSL …"
    if (!begins_with_a_name) text = lower_case(text.substr(0, 1)) + text.substr(1);
    throw failure(text);
}

// How long a call that timed out could have taken: to connect, or in all.
std::chrono::milliseconds HttpConnection::time_allowed() const {
    bool const connected = info(easy_, CURLINFO_PRETRANSFER_TIME_T) > 0;
    return connected ? options_.timeout : std::min(options_.connect_timeout, options_.timeout);
}

}  // namespace indexer::rpc
