#include "tests/support/shared_data.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/places.hpp"

namespace indexer::test {
namespace {

// What simdjson wants behind the end of a text (SIMDJSON_PADDING).
constexpr std::size_t kPadding = 64;

}  // namespace

std::filesystem::path shared_data() {
    char const* const named = std::getenv("INDEXER_SHARED_DATA");
    std::filesystem::path folder = named != nullptr ? named : INDEXER_SOURCE_DIR "/../shared/data";
    return std::filesystem::is_directory(folder) ? folder : std::filesystem::path{};
}

std::string read_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    std::string bytes(std::istreambuf_iterator<char>(file), {});
    bytes.reserve(bytes.size() + kPadding);
    return bytes;
}

std::vector<std::filesystem::path> files_in(std::filesystem::path const& folder,
                                            std::string const& prefix) {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename().string().starts_with(prefix)) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace indexer::test
