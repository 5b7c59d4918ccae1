#include "stellar/lake/folder_store.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

#include "base/error.hpp"

namespace indexer::stellar {

FolderStore::FolderStore(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::error_code ignored;
    if (std::filesystem::is_directory(folder_, ignored)) return;
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "lake: there is no folder " + folder_.string(),
                      "give --source as lake:FOLDER or lake:https://host/path");
}

std::optional<std::string> FolderStore::get(std::string const& key, std::stop_token stop) {
    auto const path = folder_ / key;
    if (!has(key, std::move(stop))) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(file), {});
    if (file.good() || file.eof()) return bytes;
    throw base::Error(base::Fault::endpoint, base::Recovery::never,
                      "lake: cannot read " + path.string(), "check who may read it");
}

bool FolderStore::has(std::string const& key, std::stop_token /*stop*/) {
    std::error_code failure;
    return std::filesystem::is_regular_file(folder_ / key, failure);
}

}  // namespace indexer::stellar
