#pragma once

#include <memory>
#include <string>

namespace indexer::test {

// An HTTPS server on this machine whose certificate nobody signed but itself.
class TlsServer {
  public:
    TlsServer();
    TlsServer(TlsServer const&) = delete;
    TlsServer& operator=(TlsServer const&) = delete;
    ~TlsServer();

    [[nodiscard]] std::string const& url() const noexcept { return url_; }

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
    std::string url_;
};

}  // namespace indexer::test
