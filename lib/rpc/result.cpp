#include "rpc/result.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace indexer::rpc {

Error unexpected(Response const& response, std::string_view chain, std::string_view what) {
    auto const text = fmt::format("{}: {}: {}", chain, response.endpoint, what);
    return {0, text, base::Recovery::retry_elsewhere, {}, response.endpoint};
}

std::string told(Response const& response, std::string_view text, std::size_t most) {
    return response.redaction == nullptr ? base::plain_text(text, most)
                                         : (*response.redaction)(text, most);
}

}  // namespace indexer::rpc
