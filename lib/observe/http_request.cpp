#include "observe/http_request.hpp"

#include <algorithm>

namespace indexer::observe {
namespace {

std::string_view take_word(std::string_view& line) noexcept {
    auto const end = std::min(line.find(' '), line.size());
    auto const word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

}  // namespace

bool is_whole_request(std::string_view received) noexcept {
    return received.find("\r\n\r\n") != std::string_view::npos ||
           received.find("\n\n") != std::string_view::npos;
}

std::optional<HttpRequest> read_http_request(std::string_view received) noexcept {
    auto line = received.substr(0, received.find_first_of("\r\n"));
    auto const method = take_word(line);
    auto const target = take_word(line);
    if (method.empty() || !target.starts_with('/') || !line.starts_with("HTTP/1.")) {
        return std::nullopt;
    }
    return HttpRequest{method, target.substr(0, target.find('?'))};
}

}  // namespace indexer::observe
