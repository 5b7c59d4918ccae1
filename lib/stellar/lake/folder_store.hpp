#pragma once

#include <filesystem>

#include "stellar/lake/object_store.hpp"

namespace indexer::stellar {

// A lake in a folder of this machine.
class FolderStore final : public ObjectStore {
  public:
    // Throws base::Error with Fault::usage unless there is such a folder. `memory` must outlive the
    // store and what it gets.
    FolderStore(std::filesystem::path folder, base::MemoryBudget& memory);

    [[nodiscard]] std::string const& name() const noexcept override { return folder_.native(); }
    [[nodiscard]] std::optional<base::Body> get(std::string const& key,
                                                std::stop_token stop) override;
    [[nodiscard]] bool has(std::string const& key, std::stop_token stop) override;

  private:
    std::filesystem::path const folder_;
    base::Bodies bodies_;
};

}  // namespace indexer::stellar
