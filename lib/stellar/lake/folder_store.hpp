#pragma once

#include <filesystem>

#include "stellar/lake/object_store.hpp"

namespace indexer::stellar {

// A lake in a folder of this machine.
class FolderStore final : public ObjectStore {
  public:
    // Throws base::Error with Fault::usage unless there is such a folder.
    explicit FolderStore(std::filesystem::path folder);

    [[nodiscard]] std::string const& name() const noexcept override { return folder_.native(); }
    [[nodiscard]] std::optional<std::string> get(std::string const& key,
                                                 std::stop_token stop) override;
    [[nodiscard]] bool has(std::string const& key, std::stop_token stop) override;

  private:
    std::filesystem::path const folder_;
};

}  // namespace indexer::stellar
