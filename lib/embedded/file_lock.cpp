#include "embedded/file_lock.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include "embedded/failure.hpp"
#include "embedded/waiting.hpp"

namespace indexer::embedded {

FileLock::FileLock(std::filesystem::path const& file, std::stop_token stop)
    : file_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (!file_.valid()) {
        throw failure(fmt::format("{}: {}", file.string(), std::generic_category().message(errno)));
    }
    // A blocking flock() would not hear the stop.
    wait_until([&] { return ::flock(file_.number(), LOCK_EX | LOCK_NB) == 0; },
               file.string() + ": held by another process", stop);
}

}  // namespace indexer::embedded
