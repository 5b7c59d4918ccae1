#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include "config/config.hpp"

namespace indexer::stellar {

// How many ledgers to ask of one getLedgers: as many as give an answer of the size and within the
// time aimed at, as seen of the last ones. It at most doubles from page to page, and halves when a
// server cannot serve a page. Safe for concurrent use.
class PageSize {
  public:
    // Throws base::Error with Fault::usage for a most that servers do not allow.
    explicit PageSize(config::Stellar const& config);

    [[nodiscard]] std::uint64_t ledgers() const;

    // Requires: ledgers > 0.
    void served(std::uint64_t ledgers, std::size_t bytes, std::chrono::duration<double> took);
    void failed();

  private:
    std::uint64_t const most_;
    double const bytes_;
    double const seconds_;
    mutable std::mutex mutex_;
    std::uint64_t ledgers_;
};

}  // namespace indexer::stellar
