#include "rpc/url.hpp"

#include <algorithm>
#include <string_view>

#include "base/error.hpp"
#include "rpc/curl.hpp"

namespace indexer::rpc {
namespace {

base::Error refusal(base::Secret const& url, char const* what) {
    return {base::Fault::usage, base::Recovery::never,
            "rpc: " + base::redacted_url(url.reveal()) + ": " + what,
            "--rpc-url, --against and --source lake: take http://host:port or https://host/path"};
}

}  // namespace

void check_url(base::Secret const& url) {
    curl::Url const parsed = curl::made(curl::Url(curl_url()));
    char* part = nullptr;
    if (curl_url_set(parsed.get(), CURLUPART_URL, url.reveal().c_str(), 0) != CURLUE_OK ||
        curl_url_get(parsed.get(), CURLUPART_SCHEME, &part, 0) != CURLUE_OK) {
        throw refusal(url, "malformed URL");
    }
    curl::Text const scheme(part);
    if (std::string_view(part) != "http" && std::string_view(part) != "https") {
        throw refusal(url, "neither http nor https");
    }
}

std::string below(base::Secret const& url, std::string_view path) {
    auto const& text = url.reveal();
    auto const query = std::min(text.find_first_of("?#"), text.size());
    auto place = text.substr(0, query);
    if (!place.ends_with('/')) place += '/';
    return place.append(path).append(text, query);
}

}  // namespace indexer::rpc
