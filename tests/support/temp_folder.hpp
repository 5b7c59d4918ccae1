#pragma once

#include <filesystem>

namespace indexer::test {

// A new folder among the system's temporary files, which goes with all that is in it.
class TempFolder {
  public:
    TempFolder();
    TempFolder(TempFolder const&) = delete;
    TempFolder& operator=(TempFolder const&) = delete;
    ~TempFolder();

    [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace indexer::test
