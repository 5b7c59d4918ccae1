#include "cli/own_file.hpp"

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/ownership.hpp"
#include "base/regular_file.hpp"

namespace indexer::cli {
namespace {

namespace fs = std::filesystem;

// Long enough, and short enough for a parser whose time grows with the square.
constexpr std::size_t kMost = 64UL * 1024;
constexpr auto kReadHint = "name a file that this user may read";
constexpr auto kTrustHint =
    "chmod go-w it, and keep it in a folder that only you and root may write to";

base::Error refusal(std::string const& name, std::string const& path, std::string const& why,
                    char const* hint) {
    return {base::Fault::usage, base::Recovery::never, name + ": " + path + ": " + why, hint};
}

// Whether anybody may have put it where it lies.
bool lies_in_the_open(std::string const& path) {
    std::error_code none;
    auto const folder = fs::canonical(path, none).parent_path();
    struct stat status {};
    return !none && ::stat(folder.c_str(), &status) == 0 && base::others_may_write(status);
}

std::string distrust(struct stat const& status, std::string const& path) {
    if (!S_ISREG(status.st_mode)) return {};  // a pipe or a terminal is whose it was opened by
    if (base::others_may_write(status)) return "others may write to it";
    auto const why = base::foreign(status);
    if (why.empty() || !lies_in_the_open(path)) return {};
    return why + ", in a folder that all may write to";
}

}  // namespace

OwnFile read_own_file(std::string const& name, std::string const& path) {
    base::Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    struct stat status {};
    if (!file.valid() || ::fstat(file.number(), &status) != 0) {
        throw refusal(name, path, std::generic_category().message(errno), kReadHint);
    }
    if (S_ISDIR(status.st_mode)) throw refusal(name, path, "a folder", kReadHint);
    if (auto const why = distrust(status, path); !why.empty()) {
        throw refusal(name, path, why, kTrustHint);
    }
    auto text = base::read_all(file.number(), kMost);
    if (!text) throw refusal(name, path, "cannot be read, or is longer than 64 KiB", kReadHint);
    bool const open = S_ISREG(status.st_mode) && (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
    return {std::move(*text), open};
}

}  // namespace indexer::cli
