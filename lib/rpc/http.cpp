#include "rpc/http.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>
#include <simdjson.h>

#include "base/error.hpp"
#include "rpc/gunzip.hpp"

namespace indexer::rpc {
namespace {

constexpr std::size_t kPadding = simdjson::SIMDJSON_PADDING;
// A promise of a large answer is believed up to here; beyond it memory follows the bytes.
constexpr std::size_t kBelievedLength = 16U * 1024 * 1024;

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* thing) const noexcept {
        Free(thing);
    }
};

using Easy = std::unique_ptr<CURL, Freer<curl_easy_cleanup>>;
using Multi = std::unique_ptr<CURLM, Freer<curl_multi_cleanup>>;
using List = std::unique_ptr<curl_slist, Freer<curl_slist_free_all>>;
using Url = std::unique_ptr<CURLU, Freer<curl_url_cleanup>>;

void initialize_curl() {
    [[maybe_unused]] static CURLcode const once = curl_global_init(CURL_GLOBAL_DEFAULT);
}

template <class T>
T made(T thing) {
    if (!thing) throw std::bad_alloc();
    return thing;
}

template <class Value>
void set(Easy const& easy, CURLoption option, Value value) {
    CURLcode const code = curl_easy_setopt(easy.get(), option, value);
    if (code == CURLE_OK) return;
    throw base::Error(base::Fault::internal, base::Recovery::never,
                      fmt::format("http: option {}: {}", int{option}, curl_easy_strerror(code)));
}

List headers(bool gzip) {
    List list;
    auto const add = [&](char const* header) {
        auto* const longer = made(curl_slist_append(list.get(), header));
        list.release();
        list.reset(longer);
    };
    add("Content-Type: application/json");
    add("Accept: application/json");
    // libcurl is not told: it would unpack with zlib, in twice the time.
    if (gzip) add("Accept-Encoding: gzip");
    return list;
}

void check_url(base::Secret const& secret) {
    auto const refuse = [&](char const* what) {
        return base::Error(base::Fault::usage, base::Recovery::never,
                           "rpc: " + base::redacted_url(secret.reveal()) + ": " + what,
                           "give an endpoint as http://host:port or https://host/path");
    };
    Url const url = made(Url(curl_url()));
    if (curl_url_set(url.get(), CURLUPART_URL, secret.reveal().c_str(), 0) != CURLUE_OK) {
        throw refuse("malformed URL");
    }
    char* part = nullptr;
    if (curl_url_get(url.get(), CURLUPART_SCHEME, &part, 0) != CURLUE_OK) {
        throw refuse("malformed URL");
    }
    std::unique_ptr<char, Freer<curl_free>> const scheme(part);
    if (std::string_view(part) != "http" && std::string_view(part) != "https") {
        throw refuse("neither http nor https");
    }
}

std::string lower_case(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

base::Error failure(std::string const& what) {
    return {base::Fault::endpoint, base::Recovery::retry_elsewhere, what};
}

std::string readable(std::chrono::milliseconds duration) {
    if (duration.count() % 1000 != 0) return fmt::format("{} ms", duration.count());
    return fmt::format("{} s", duration.count() / 1000);
}

}  // namespace

// One handle and the connection it keeps alive. One thread at a time.
class HttpTransport::Connection {
  public:
    explicit Connection(HttpOptions const& options);

    [[nodiscard]] HttpResponse post(std::string_view json, std::stop_token stop);

  private:
    static std::size_t receive_some(char* bytes, std::size_t one, std::size_t count,
                                    void* self) noexcept;
    bool receive(std::string_view bytes);
    void reserve_for(std::size_t size);

    [[nodiscard]] CURLcode transfer(std::stop_token stop);
    [[nodiscard]] HttpResponse response();
    [[nodiscard]] std::string header(char const* name) const;
    [[nodiscard]] std::map<std::string, std::string> rate_limits() const;
    [[nodiscard]] std::string unpacked_body();
    [[nodiscard]] std::chrono::milliseconds time_allowed() const;
    [[nodiscard]] base::Error failure_of(CURLcode code) const;

    HttpOptions const& options_;
    List headers_;
    Easy easy_;
    Multi multi_;  // of this handle alone: a wake-up reaches nobody else
    Gunzip gunzip_;
    std::string body_;
    bool too_large_ = false;
};

HttpTransport::Connection::Connection(HttpOptions const& options)
    : options_(options),
      headers_(headers(options.gzip)),
      easy_(made(Easy(curl_easy_init()))),
      multi_(made(Multi(curl_multi_init()))) {
    set(easy_, CURLOPT_URL, options.url.reveal().c_str());
    set(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
    set(easy_, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    set(easy_, CURLOPT_HTTPHEADER, headers_.get());
    set(easy_, CURLOPT_USERAGENT, "indexer");
    set(easy_, CURLOPT_POST, 1L);
    set(easy_, CURLOPT_TCP_KEEPALIVE, 1L);
    set(easy_, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options.max_response_bytes));
    set(easy_, CURLOPT_BUFFERSIZE, 256L * 1024);
    set(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
    set(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    set(easy_, CURLOPT_NOSIGNAL, 1L);
    // A stop must not wait for the resolver's thread.
    set(easy_, CURLOPT_QUICK_EXIT, 1L);
    set(easy_, CURLOPT_WRITEFUNCTION, &Connection::receive_some);
    set(easy_, CURLOPT_WRITEDATA, this);
}

std::size_t HttpTransport::Connection::receive_some(char* bytes, std::size_t one, std::size_t count,
                                                    void* self) noexcept {
    try {
        // Anything but the number of bytes given makes libcurl end the transfer.
        return static_cast<Connection*>(self)->receive({bytes, one * count}) ? one * count : 0;
    } catch (std::bad_alloc const&) {
        return 0;
    }
}

bool HttpTransport::Connection::receive(std::string_view bytes) {
    too_large_ = bytes.size() > options_.max_response_bytes - body_.size();
    if (too_large_) return false;
    reserve_for(body_.size() + bytes.size());
    body_.append(bytes);
    return true;
}

// Grows by doubling, but never beyond what an answer may take.
void HttpTransport::Connection::reserve_for(std::size_t size) {
    if (size + kPadding <= body_.capacity()) return;
    curl_off_t promised = -1;
    curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &promised);
    auto const believed =
        std::min(static_cast<std::size_t>(std::max(promised, curl_off_t{0})), kBelievedLength);
    auto const wanted = std::max({size, believed, 2 * body_.capacity()});
    body_.reserve(std::min(wanted, options_.max_response_bytes) + kPadding);
}

HttpResponse HttpTransport::Connection::post(std::string_view json, std::stop_token stop) {
    body_.clear();
    too_large_ = false;
    set(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(json.size()));
    set(easy_, CURLOPT_POSTFIELDS, json.data());
    CURLcode const code = transfer(std::move(stop));
    if (code != CURLE_OK) throw failure_of(code);
    return response();
}

CURLcode HttpTransport::Connection::transfer(std::stop_token stop) {
    std::stop_callback const wake(stop, [this] { curl_multi_wakeup(multi_.get()); });
    curl_multi_add_handle(multi_.get(), easy_.get());
    auto const detach = [this](CURL* easy) { curl_multi_remove_handle(multi_.get(), easy); };
    std::unique_ptr<CURL, decltype(detach)> const attached(easy_.get(), detach);

    constexpr int kPollMilliseconds = 60'000;  // libcurl's own timers and a wake-up end it sooner
    for (int running = 1;;) {
        if (stop.stop_requested()) throw base::stopped("rpc");
        CURLMcode code = curl_multi_perform(multi_.get(), &running);
        if (code == CURLM_OK && running == 0) break;
        if (code == CURLM_OK) {
            code = curl_multi_poll(multi_.get(), nullptr, 0, kPollMilliseconds, nullptr);
        }
        if (code != CURLM_OK) return CURLE_FAILED_INIT;
    }
    int left = 0;
    CURLMsg const* const message = curl_multi_info_read(multi_.get(), &left);
    return message != nullptr ? message->data.result : CURLE_FAILED_INIT;
}

HttpResponse HttpTransport::Connection::response() {
    HttpResponse response;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &response.status);
    curl_off_t retry_after = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RETRY_AFTER, &retry_after);
    if (retry_after > 0) response.retry_after = std::chrono::seconds(retry_after);
    response.content_type = header("Content-Type");
    response.rate_limits = rate_limits();
    response.body = unpacked_body();
    return response;
}

std::string HttpTransport::Connection::header(char const* name) const {
    curl_header* found = nullptr;
    auto const code = curl_easy_header(easy_.get(), name, 0, CURLH_HEADER, -1, &found);
    return code == CURLHE_OK ? found->value : std::string();
}

std::map<std::string, std::string> HttpTransport::Connection::rate_limits() const {
    std::map<std::string, std::string> limits;
    curl_header* at = nullptr;
    while ((at = curl_easy_nextheader(easy_.get(), CURLH_HEADER, -1, at)) != nullptr) {
        auto name = lower_case(at->name);
        if (name.starts_with("x-ratelimit-")) limits.insert_or_assign(std::move(name), at->value);
    }
    return limits;
}

std::string HttpTransport::Connection::unpacked_body() {
    auto const encoding = lower_case(header("Content-Encoding"));
    if (encoding == "gzip") return gunzip_.unpack(body_, options_.max_response_bytes, kPadding);
    if (!encoding.empty() && encoding != "identity") throw failure("answer of unknown encoding");
    body_.reserve(body_.size() + kPadding);
    return std::exchange(body_, {});
}

base::Error HttpTransport::Connection::failure_of(CURLcode code) const {
    if (too_large_ || code == CURLE_FILESIZE_EXCEEDED) {
        return failure(fmt::format("answer of more than {} bytes", options_.max_response_bytes));
    }
    if (code == CURLE_OPERATION_TIMEDOUT)
        return failure("timeout after " + readable(time_allowed()));
    // libcurl's constant text for the code: the detailed one may hold parts of the URL.
    std::string text = curl_easy_strerror(code);
    text.front() = lower_case(text.substr(0, 1)).front();
    return failure(text);
}

// How long a call that timed out may have taken: to connect, or in all.
std::chrono::milliseconds HttpTransport::Connection::time_allowed() const {
    curl_off_t connected = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
    return connected > 0 ? options_.timeout : std::min(options_.connect_timeout, options_.timeout);
}

HttpTransport::HttpTransport(HttpOptions options)
    : options_(std::move(options)),
      connections_([this] { return std::make_unique<Connection>(options_); }) {
    initialize_curl();
    check_url(options_.url);
}

HttpTransport::~HttpTransport() = default;

HttpResponse HttpTransport::post(std::string_view json, std::stop_token stop) {
    return connections_.take()->post(json, std::move(stop));
}

}  // namespace indexer::rpc
