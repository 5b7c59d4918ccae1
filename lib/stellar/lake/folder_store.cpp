#include "stellar/lake/folder_store.hpp"

#include <fstream>
#include <system_error>

#include "base/error.hpp"

namespace indexer::stellar {

FolderStore::FolderStore(std::filesystem::path folder, base::MemoryBudget& memory)
    : folder_(std::move(folder)), bodies_(memory) {
    std::error_code ignored;
    if (std::filesystem::is_directory(folder_, ignored)) return;
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "lake: there is no folder " + folder_.string(),
                      "give --source as lake:FOLDER or lake:https://host/path");
}

std::optional<base::Body> FolderStore::get(std::string const& key, std::stop_token stop) {
    auto const path = folder_ / key;
    if (!has(key, std::move(stop))) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    std::error_code failure;
    auto const size = std::filesystem::file_size(path, failure);
    auto bytes = bodies_.take(failure ? 0 : size);
    if (!failure) {
        bytes.count(size);
        bytes->resize(size);
        file.read(bytes->data(), static_cast<std::streamsize>(size));
    }
    if (!failure && file.good()) return bytes;
    throw base::Error(base::Fault::endpoint, base::Recovery::never,
                      "lake: cannot read " + path.string(), "check who may read it");
}

bool FolderStore::has(std::string const& key, std::stop_token /*stop*/) {
    std::error_code failure;
    return std::filesystem::is_regular_file(folder_ / key, failure);
}

}  // namespace indexer::stellar
