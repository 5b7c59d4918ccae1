#include "rpc/http.hpp"

#include <memory>
#include <utility>

#include "rpc/url.hpp"

namespace indexer::rpc {
namespace {

void initialize_curl() {
    [[maybe_unused]] static CURLcode const once = curl_global_init(CURL_GLOBAL_DEFAULT);
}

}  // namespace

HttpTransport::HttpTransport(HttpOptions options)
    : options_(std::move(options)),
      connections_([this] { return std::make_unique<HttpConnection>(options_); }) {
    initialize_curl();
    check_url(options_.url);
}

HttpResponse HttpTransport::post(std::string_view json, std::stop_token stop) {
    return connections_.take()->post(json, std::move(stop));
}

}  // namespace indexer::rpc
