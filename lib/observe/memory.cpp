#include "observe/memory.hpp"

#include <algorithm>
#include <fstream>
#include <string>

#include <unistd.h>

namespace indexer::observe {
namespace {

namespace fs = std::filesystem;

// "max" is no number.
std::uint64_t number_in(fs::path const& file) {
    std::ifstream text(file);
    std::uint64_t number = 0;
    return text >> number ? number : kNoMemoryLimit;
}

// Of a group and of those around it; `path` begins with a slash. A process that sees only its own
// part of the tree finds itself at the mount.
std::uint64_t least_on_the_way(fs::path const& mount, std::string path,
                               std::initializer_list<char const*> files) {
    auto least = kNoMemoryLimit;
    for (;;) {
        auto const folder = mount / fs::path(path).relative_path();
        for (auto const* const file : files) least = std::min(least, number_in(folder / file));
        if (path.empty()) return least;
        path.resize(path.find_last_of('/'));
    }
}

}  // namespace

std::uint64_t group_memory_limit(fs::path const& groups, fs::path const& mount) {
    auto least = kNoMemoryLimit;
    std::ifstream lines(groups);
    for (std::string line; std::getline(lines, line);) {
        auto const path = line.find(":/");
        if (path == std::string::npos) continue;
        if (line.starts_with("0::")) {
            least = std::min(least, least_on_the_way(mount, line.substr(path + 1),
                                                     {"memory.max", "memory.high"}));
        } else if (line.find(":memory:") != std::string::npos) {
            least = std::min(least, least_on_the_way(mount / "memory", line.substr(path + 1),
                                                     {"memory.limit_in_bytes"}));
        }
    }
    return least;
}

std::uint64_t available_memory() {
    auto const machine = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
                         static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return std::min(machine, group_memory_limit("/proc/self/cgroup", "/sys/fs/cgroup"));
}

std::uint64_t resident_memory() {
    std::ifstream statm("/proc/self/statm");
    std::uint64_t total_pages = 0;
    std::uint64_t resident_pages = 0;
    statm >> total_pages >> resident_pages;
    return resident_pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace indexer::observe
