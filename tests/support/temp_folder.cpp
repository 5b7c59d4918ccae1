#include "tests/support/temp_folder.hpp"

#include <cstdlib>
#include <string>
#include <system_error>

namespace indexer::test {

TempFolder::TempFolder() {
    auto name = (std::filesystem::temp_directory_path() / "indexer-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::system_error(errno, std::generic_category(), name);
    }
    path_ = name;
}

TempFolder::~TempFolder() {
    std::error_code ignored;  // what is left in the way of the system's own cleaning is no failure
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace indexer::test
