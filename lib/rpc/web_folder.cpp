#include "rpc/web_folder.hpp"

#include <random>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "resilience/retry.hpp"
#include "rpc/verdict.hpp"

namespace indexer::rpc {
namespace {

constexpr long kFound = 200;
constexpr long kForbidden = 403;
constexpr long kNotFound = 404;

bool is_settled(long status) noexcept {
    return status == kFound || status == kNotFound || status == kForbidden;
}

base::Error refusal(long status) {
    auto const verdict = verdict_of_status(status);
    auto const recovery =
        verdict == Verdict::refused ? base::Recovery::never : base::Recovery::retry_here;
    return {base::Fault::endpoint, recovery, fmt::format("HTTP {}", status),
            status == 429 ? "lower --concurrency" : ""};
}

HttpOptions options_for(base::Secret const& url, config::Rpc const& rpc) {
    return {.url = url,
            .headers = {},
            .connect_timeout = rpc.connect_timeout,
            .timeout = rpc.timeout,
            .max_response_bytes = rpc.max_response_bytes,
            .gzip = false};
}

}  // namespace

WebFolder::WebFolder(base::Secret const& url, config::Rpc const& rpc, base::Clock& clock,
                     base::MemoryBudget& memory)
    : name_(base::plain_text(base::redacted_url(url.reveal()))),
      rpc_(rpc),
      clock_(clock),
      random_(std::random_device{}()),
      transport_(options_for(url, rpc), memory) {
}

HttpResponse WebFolder::settle(std::string const& path, std::stop_token stop, Ask const& ask) {
    resilience::Attempts attempts(fmt::format("{}: {}", name_, path),
                                  {.max_attempts = rpc_.max_attempts,
                                   .backoff = {.base = rpc_.backoff_base, .cap = rpc_.backoff_cap}},
                                  clock_, random_);
    return resilience::retry(attempts, std::move(stop), [&] {
        auto response = ask();
        if (is_settled(response.status)) return response;
        if (response.retry_after) attempts.not_before(clock_.now() + *response.retry_after);
        throw refusal(response.status);
    });
}

std::optional<base::Body> WebFolder::get(std::string const& path, std::stop_token stop) {
    auto response = settle(path, stop, [&] { return transport_.get(path, stop); });
    if (response.status != kFound) return std::nullopt;
    return std::move(response.body);
}

bool WebFolder::has(std::string const& path, std::stop_token stop) {
    return settle(path, stop, [&] { return transport_.head(path, stop); }).status == kFound;
}

}  // namespace indexer::rpc
