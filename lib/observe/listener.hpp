#pragma once

#include <optional>
#include <string>

#include "base/descriptor.hpp"

namespace indexer::observe {

// A TCP port that takes connections. Safe to be used from one thread.
class Listener {
  public:
    // On "127.0.0.1:9464" or "[::1]:9464"; port 0 is any free one. Throws base::Error with
    // Fault::usage when it is no address, or is taken.
    explicit Listener(std::string const& address);

    [[nodiscard]] int socket() const noexcept { return socket_.number(); }
    // "http://127.0.0.1:9464", with the port in use.
    [[nodiscard]] std::string const& url() const noexcept { return url_; }

    // The next connection that waits; nothing when none does.
    [[nodiscard]] std::optional<base::Descriptor> accept() const;

  private:
    base::Descriptor socket_;
    std::string url_;
};

}  // namespace indexer::observe
