#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace indexer::rpc {

// Makes what an endpoint said fit to be printed and stored: nodes and the proxies before them
// repeat the URL and the headers they were called with, which hold our tokens. Safe for concurrent
// use.
class Redaction {
  public:
    // Hides nothing.
    Redaction() = default;
    // Hides what the endpoint is called with: its URL but for the host, and its headers.
    explicit Redaction(config::Endpoint const& endpoint);

    // plain_text() of at most `most` bytes, with "***" for what is to be hidden. Of a text of many
    // kilobytes only the beginning is looked at.
    [[nodiscard]] std::string operator()(std::string_view said, std::size_t most) const;

  private:
    std::vector<std::string> secrets_;  // longest first
};

}  // namespace indexer::rpc
