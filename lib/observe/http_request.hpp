#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace indexer::observe {

// The first line of a request for a page. Views into what was received.
struct HttpRequest {
    std::string_view method;
    std::string_view path;  // without its query
};

// Longer ones are no requests for a page.
constexpr std::size_t kLongestHttpRequest = 8UL * 1024;

// Whether `received` holds the whole head of a request, up to its empty line.
[[nodiscard]] bool is_whole_request(std::string_view received) noexcept;

// Nothing for what is no HTTP/1 request.
[[nodiscard]] std::optional<HttpRequest> read_http_request(std::string_view received) noexcept;

}  // namespace indexer::observe
