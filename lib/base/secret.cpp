#include "base/secret.hpp"

namespace indexer::base {

std::string redacted_url(std::string_view url) {
    auto const scheme_end = url.find("://");
    if (scheme_end == std::string_view::npos) return "(not a URL)";
    auto const scheme = url.substr(0, scheme_end + 3);
    auto authority = url.substr(scheme_end + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    if (auto const at = authority.rfind('@'); at != std::string_view::npos) {
        authority.remove_prefix(at + 1);
    }
    return std::string(scheme).append(authority);
}

}  // namespace indexer::base
