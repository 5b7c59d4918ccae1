#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>

namespace indexer::fuzz {

// What fuzzers start from: <folder>/<name>_fuzzer holds the seeds of that one, a file each.
class SeedFolder {
  public:
    explicit SeedFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // What is so long that it makes a fuzzer slow is left out.
    void write(std::string const& name, std::string_view bytes) {
        if (bytes.size() > kLongestSeed) return;
        auto const folder = folder_ / (name + "_fuzzer");
        std::filesystem::create_directories(folder);
        auto const file = std::to_string(std::hash<std::string_view>{}(bytes));
        std::ofstream(folder / file, std::ios::binary) << bytes;
        ++written_;
    }
    [[nodiscard]] std::size_t written() const noexcept { return written_; }

  private:
    static constexpr std::size_t kLongestSeed = 32 * 1024;

    std::filesystem::path folder_;
    std::size_t written_ = 0;
};

}  // namespace indexer::fuzz
