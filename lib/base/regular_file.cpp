#include "base/regular_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.hpp"

namespace indexer::base {
namespace {

// At most `most` bytes; nothing when reading fails.
std::optional<std::string> read_some(int descriptor, std::size_t most) {
    std::string text;
    std::array<char, 4096> buffer{};
    while (text.size() < most) {
        auto const count = ::read(descriptor, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return std::nullopt;
        if (count == 0) break;
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    text.resize(std::min(text.size(), most));
    return text;
}

}  // namespace

std::optional<std::string> read_regular_file(std::filesystem::path const& file,
                                             std::uint64_t offset, std::size_t most) {
    Descriptor const input(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat status {};
    bool const regular =
        input.valid() && ::fstat(input.number(), &status) == 0 && S_ISREG(status.st_mode);
    if (!regular || ::lseek(input.number(), static_cast<off_t>(offset), SEEK_SET) < 0) {
        return std::nullopt;
    }
    return read_some(input.number(), most);
}

std::optional<std::string> read_all(int descriptor, std::size_t most) {
    auto text = read_some(descriptor, most + 1);
    if (text && text->size() > most) return std::nullopt;
    return text;
}

}  // namespace indexer::base
