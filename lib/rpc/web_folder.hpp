#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "config/config.hpp"
#include "resilience/random.hpp"
#include "rpc/http.hpp"

namespace indexer::rpc {

// The files that a web server, or a bucket that speaks HTTP, has below a URL. What can be mended by
// trying again is tried again. Safe for concurrent use.
class WebFolder {
  public:
    // Throws base::Error with Fault::usage for a URL that cannot be used. `clock` and `memory`
    // must outlive the folder and its answers.
    WebFolder(base::Secret const& url, config::Rpc const& rpc, base::Clock& clock,
              base::MemoryBudget& memory);

    // Fit to be printed.
    [[nodiscard]] std::string const& name() const noexcept { return name_; }

    // A file's bytes; nothing when there is none (404; or 403, which buckets say to those who may
    // not list them). Throws base::Error with Fault::endpoint when no attempt is left,
    // Fault::stopped when told to stop.
    [[nodiscard]] std::optional<base::Body> get(std::string const& path, std::stop_token stop);

    // Whether there is such a file; throws like get().
    [[nodiscard]] bool has(std::string const& path, std::stop_token stop);

  private:
    using Ask = std::function<HttpResponse()>;

    // The first answer that says whether there is a file.
    [[nodiscard]] HttpResponse settle(std::string const& path, std::stop_token stop,
                                      Ask const& ask);

    std::string const name_;
    config::Rpc const rpc_;
    base::Clock& clock_;
    resilience::Random random_;
    HttpTransport transport_;
};

}  // namespace indexer::rpc
