#include "observe/ping.hpp"

#include <memory>
#include <utility>

#include <curl/curl.h>
#include <spdlog/spdlog.h>

namespace indexer::observe {
namespace {

constexpr long kTimeoutMs = 5'000;

std::size_t discard(char* /*bytes*/, std::size_t size, std::size_t count, void* /*nowhere*/) {
    return size * count;
}

// curl aborts when this is not 0.
int stopped(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

}  // namespace

void ping(base::Secret const& url, std::stop_token stop) {
    std::unique_ptr<CURL, void (*)(CURL*)> const curl(curl_easy_init(), curl_easy_cleanup);
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.reveal().c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, kTimeoutMs);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, discard);
    curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, stopped);
    curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &stop);
    auto const result = curl_easy_perform(curl.get());
    if (result == CURLE_OK) return;
    spdlog::warn("ping: {}: {}", base::redacted_url(url.reveal()), curl_easy_strerror(result));
}

}  // namespace indexer::observe
