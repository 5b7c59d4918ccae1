#include "stellar/page_size.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace indexer::stellar {
namespace {

// Source: stellar-rpc, cmd/stellar-rpc/internal/methods/get_ledgers.go (its limit of a page).
constexpr std::uint64_t kMostServed = 200;

// Of the main network's ledgers a few megabytes; where ledgers are small it soon grows.
constexpr std::uint64_t kFirst = 5;

std::uint64_t checked(std::uint64_t most) {
    if (most >= 1 && most <= kMostServed) return most;
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "stellar: a page holds 1 to 200 ledgers");
}

}  // namespace

PageSize::PageSize(config::Stellar const& config)
    : most_(checked(config.page_ledgers)),
      bytes_(static_cast<double>(config.page_bytes)),
      seconds_(std::chrono::duration<double>(config.page_time).count()),
      ledgers_(std::min(most_, kFirst)) {
}

std::uint64_t PageSize::ledgers() const {
    std::lock_guard const lock(mutex_);
    return ledgers_;
}

void PageSize::served(std::uint64_t ledgers, std::size_t bytes,
                      std::chrono::duration<double> took) {
    auto const count = static_cast<double>(ledgers);
    auto const by_bytes = bytes_ * count / static_cast<double>(std::max<std::size_t>(bytes, 1));
    auto const by_time = seconds_ * count / std::max(took.count(), 1e-3);
    std::lock_guard const lock(mutex_);
    auto const most = static_cast<double>(std::min(most_, 2 * ledgers_));
    ledgers_ = static_cast<std::uint64_t>(std::clamp(std::min(by_bytes, by_time), 1.0, most));
}

void PageSize::failed() {
    std::lock_guard const lock(mutex_);
    ledgers_ = std::max<std::uint64_t>(ledgers_ / 2, 1);
}

}  // namespace indexer::stellar
