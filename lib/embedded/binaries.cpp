#include "embedded/binaries.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "embedded/process.hpp"

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> search_path() {
    std::vector<fs::path> directories;
    char const* const path = std::getenv("PATH");
    std::string_view rest = path != nullptr ? path : "";
    while (!rest.empty()) {
        auto const end = std::min(rest.find(':'), rest.size());
        if (rest.front() == '/') directories.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return directories;
}

// The folders in `parent` whose name starts with `prefix`.
std::vector<fs::path> folders(fs::path const& parent, std::string_view prefix) {
    std::vector<fs::path> found;
    std::error_code absent;
    for (auto const& entry : fs::directory_iterator(parent, absent)) {
        if (entry.path().filename().string().starts_with(prefix)) found.push_back(entry.path());
    }
    return found;
}

std::string trimmed(std::string text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
        text.pop_back();
    }
    return text;
}

std::optional<fs::path> according_to_pg_config(std::vector<fs::path> const& directories) {
    for (auto const& directory : directories) {
        std::error_code absent;
        if (!fs::exists(directory / "pg_config", absent)) continue;
        auto const outcome =
            run({.program = directory / "pg_config", .arguments = {"--bindir"}}, {});
        if (outcome.succeeded()) return fs::path(trimmed(outcome.output));
    }
    return std::nullopt;
}

bool holds_a_server(fs::path const& directory) {
    constexpr std::array<char const*, 3> kPrograms{"initdb", "pg_ctl", "postgres"};
    return std::all_of(kPrograms.begin(), kPrograms.end(), [&](char const* program) {
        std::error_code absent;
        return fs::exists(directory / program, absent);
    });
}

// 15 in "postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)"; nothing for what does not answer
// like this.
std::optional<int> major_version(fs::path const& directory) {
    auto const outcome = run({.program = directory / "postgres", .arguments = {"--version"}}, {});
    constexpr std::string_view kBefore = "(PostgreSQL) ";
    auto const at = outcome.output.find(kBefore);
    if (!outcome.succeeded() || at == std::string::npos) return std::nullopt;
    auto const number = std::string_view(outcome.output).substr(at + kBefore.size());
    int major = 0;
    auto const parsed = std::from_chars(number.data(), number.data() + number.size(), major);
    return parsed.ec == std::errc() ? std::optional(major) : std::nullopt;
}

}  // namespace

std::vector<fs::path> usual_directories() {
    auto directories = search_path();
    if (auto const configured = according_to_pg_config(directories)) {
        directories.push_back(*configured);
    }
    for (auto const& version : folders("/usr/lib/postgresql", "")) {
        directories.push_back(version / "bin");
    }
    for (auto const& version : folders("/usr", "pgsql-")) directories.push_back(version / "bin");
    return directories;
}

std::vector<Binaries> find_binaries(std::vector<fs::path> const& directories) {
    std::vector<fs::path> real;  // PATH often links to what lies elsewhere
    for (auto const& directory : directories) {
        if (!holds_a_server(directory)) continue;
        auto const target = fs::canonical(directory / "postgres").parent_path();
        if (holds_a_server(target)) real.push_back(target);
    }
    std::sort(real.begin(), real.end());
    real.erase(std::unique(real.begin(), real.end()), real.end());

    std::vector<Binaries> found;
    for (auto const& directory : real) {
        if (auto const major = major_version(directory)) found.push_back({directory, *major});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](auto const& a, auto const& b) { return a.major > b.major; });
    return found;
}

}  // namespace indexer::embedded
