#pragma once

#include "rpc/web_folder.hpp"
#include "stellar/lake/object_store.hpp"

namespace indexer::stellar {

// A lake that a web server, or a bucket that speaks HTTP, serves below a URL.
class HttpStore final : public ObjectStore {
  public:
    // As rpc::WebFolder.
    HttpStore(base::Secret const& url, config::Rpc const& rpc, base::Clock& clock,
              base::MemoryBudget& memory)
        : folder_(url, rpc, clock, memory) {}

    [[nodiscard]] std::string const& name() const noexcept override { return folder_.name(); }
    [[nodiscard]] std::optional<base::Body> get(std::string const& key,
                                                std::stop_token stop) override {
        return folder_.get(key, std::move(stop));
    }
    [[nodiscard]] bool has(std::string const& key, std::stop_token stop) override {
        return folder_.has(key, std::move(stop));
    }

  private:
    rpc::WebFolder folder_;
};

}  // namespace indexer::stellar
