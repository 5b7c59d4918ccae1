#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "source/source.hpp"

namespace indexer::stellar {

// The newest protocol whose ledgers this program knows. Source: stellar-xdr of that version.
inline constexpr std::uint32_t kNewestProtocol = 30;

// Watches for ledgers of a protocol that this program does not know, and says so once for each.
// Safe for concurrent use.
class ProtocolWatch {
  public:
    // `where` it was met, for the log: "https://…", "ledger 5".
    void meet(std::uint32_t protocol, std::string const& where);

    [[nodiscard]] source::Protocol state() const noexcept {
        return {.known = kNewestProtocol, .met = met_};
    }

  private:
    std::atomic<std::uint32_t> met_ = 0;
};

}  // namespace indexer::stellar
