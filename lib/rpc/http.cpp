#include "rpc/http.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "rpc/url.hpp"

namespace indexer::rpc {
namespace {

void initialize_curl() {
    [[maybe_unused]] static CURLcode const once = curl_global_init(CURL_GLOBAL_DEFAULT);
}

// What is no header is not repeated: it may be a token that lacks its name.
void check_headers(HttpOptions const& options) {
    for (base::Secret const& header : options.headers) {
        auto const& text = header.reveal();
        bool const one_line = std::none_of(
            text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
        auto const colon = text.find(':');
        if (one_line && colon != std::string::npos && colon > 0) continue;
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "rpc: " + base::redacted_url(options.url.reveal()) + ": malformed header",
                          "give a header as 'Name: value'");
    }
}

}  // namespace

HttpTransport::HttpTransport(HttpOptions options, base::MemoryBudget& memory)
    : options_(std::move(options)),
      limit_(options_.max_response_bytes, memory),
      bodies_(memory),
      connections_([this] { return std::make_unique<HttpConnection>(options_, limit_, bodies_); }) {
    initialize_curl();
    check_url(options_.url);
    check_headers(options_);
}

HttpResponse HttpTransport::post(std::string_view json, std::stop_token stop) {
    return connections_.take()->post(json, std::move(stop));
}

HttpResponse HttpTransport::get(std::string_view path, std::stop_token stop) {
    return connections_.take()->get(below(options_.url, path), std::move(stop));
}

HttpResponse HttpTransport::head(std::string_view path, std::stop_token stop) {
    return connections_.take()->head(below(options_.url, path), std::move(stop));
}

}  // namespace indexer::rpc
