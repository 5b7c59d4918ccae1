#include "cli/descriptors.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/descriptor_limit.hpp"
#include "base/error.hpp"
#include "cli/text.hpp"
#include "observe/http_server.hpp"

namespace indexer::cli {
namespace {

// A kept connection of libcurl: its socket, and the pair that wakes it.
constexpr std::uint64_t kOfConnection = 3;
// While its host's name is looked up, another pair.
constexpr std::uint64_t kOfLookup = 2;
// stdin, stdout, stderr, what libraries open, a second for cancelling statements.
constexpr std::uint64_t kOther = 64;
// Sessions that are neither a writer's nor a fetcher's.
constexpr std::uint64_t kSessionsBeside = 10;

std::uint64_t needed(config::Options const& options, std::uint64_t concurrency) {
    auto const endpoints = std::max<std::uint64_t>(1, options.rpc.endpoints.size());
    auto const sessions = std::min<std::uint64_t>(
        options.database.pool_max_open, concurrency + options.pipeline.writers + kSessionsBeside);
    auto const clients = options.observe.listen.empty() ? 0 : observe::HttpServer::kMostClients;
    return concurrency * (kOfConnection * endpoints + kOfLookup) + sessions + clients + kOther;
}

// The greatest that fits; 0 when none does.
std::uint64_t concurrency_within(config::Options const& options, std::uint64_t limit) {
    std::uint64_t concurrency = options.pipeline.concurrency;
    while (concurrency > 0 && needed(options, concurrency) > limit) --concurrency;
    return concurrency;
}

}  // namespace

std::uint64_t descriptors_of(config::Options const& options) {
    return needed(options, options.pipeline.concurrency);
}

void plan_descriptors(config::Options const& options) {
    auto const wanted = descriptors_of(options);
    auto const limit = base::make_room_for_descriptors(wanted);
    if (limit >= wanted) return;
    auto const fits = concurrency_within(options, limit);
    auto const lower = fits > 0 ? fmt::format(", or give --concurrency {}", fits) : std::string();
    throw base::Error(
        base::Fault::usage, base::Recovery::never,
        fmt::format("--concurrency: {} calls at the same time need up to {} open files, and this "
                    "process may have {}",
                    options.pipeline.concurrency, grouped(wanted), grouped(limit)),
        fmt::format("raise the hard limit (ulimit -Hn, LimitNOFILE=){}", lower));
}

}  // namespace indexer::cli
