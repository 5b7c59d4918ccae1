#include "rpc/result.hpp"

namespace indexer::rpc {

Error unexpected(Response const& response, std::string_view chain, std::string_view what) {
    auto const text = fmt::format("{}: {}: {}", chain, response.endpoint, what);
    return {0, text, base::Recovery::retry_elsewhere, {}, response.endpoint};
}

}  // namespace indexer::rpc
