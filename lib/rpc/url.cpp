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

curl::Url parsed(base::Secret const& url) {
    curl::Url parsed = curl::made(curl::Url(curl_url()));
    if (curl_url_set(parsed.get(), CURLUPART_URL, url.reveal().c_str(), 0) == CURLUE_OK) {
        return parsed;
    }
    throw refusal(url, "malformed URL");
}

std::string part_of(curl::Url const& parsed, CURLUPart part, base::Secret const& url) {
    char* text = nullptr;
    if (curl_url_get(parsed.get(), part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) {
        throw refusal(url, "malformed URL");
    }
    curl::Text const owned(text);
    return text;
}

}  // namespace

void check_url(base::Secret const& url) {
    auto const scheme = part_of(parsed(url), CURLUPART_SCHEME, url);
    if (scheme != "http" && scheme != "https") throw refusal(url, "neither http nor https");
}

std::string place_of(base::Secret const& url) {
    check_url(url);
    auto const parts = parsed(url);
    auto place = part_of(parts, CURLUPART_HOST, url) + ":" + part_of(parts, CURLUPART_PORT, url);
    std::transform(place.begin(), place.end(), place.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return place;
}

std::string below(base::Secret const& url, std::string_view path) {
    auto const& text = url.reveal();
    auto const query = std::min(text.find_first_of("?#"), text.size());
    auto place = text.substr(0, query);
    if (!place.ends_with('/')) place += '/';
    return place.append(path).append(text, query);
}

}  // namespace indexer::rpc
