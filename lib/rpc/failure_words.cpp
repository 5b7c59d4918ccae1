#include "rpc/failure_words.hpp"

#include <fmt/format.h>

#include "base/secret.hpp"

namespace indexer::rpc {
namespace {

constexpr std::string_view kSlowerHint =
    "set --rps to what the endpoint allows, or add another --rpc-url";

constexpr std::string_view kRenewHint =
    "its plan is used up: add another --rpc-url, or run again when it is renewed";

bool is_redirect(long status) noexcept {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::string destination(std::string const& location) {
    bool const is_url = location.find("://") != std::string::npos;
    return is_url ? base::redacted_url(location) : "another path of the same server";
}

}  // namespace

base::Recovery recovery_for(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::later:
            return base::Recovery::retry_here;
        case Verdict::never:
            return base::Recovery::never;
        default:
            return base::Recovery::retry_elsewhere;
    }
}

std::string_view hint_for(Verdict verdict, long status) noexcept {
    if (verdict == Verdict::busy) return kSlowerHint;
    if (verdict == Verdict::exhausted) return kRenewHint;
    if (is_redirect(status)) {
        return "name the URL that it leads to by --rpc-url: redirects are not followed, as they "
               "would take what is secret elsewhere";
    }
    if (status == 401 || status == 403) return "check that the URL holds a valid key";
    if (status == 404) return "check the path of the URL";
    return {};
}

std::string text_of_status(long status, std::string const& location, std::string_view words) {
    auto text = fmt::format("HTTP {}", status);
    if (is_redirect(status)) return text + " to " + destination(location);
    return words.empty() ? text : fmt::format("{}: {}", text, words);
}

}  // namespace indexer::rpc
