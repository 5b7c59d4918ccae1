#include "observe/metrics_file.hpp"

#include <cerrno>
#include <random>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace indexer::observe {
namespace {

// The collector reads *.prom. Where others may write to the folder nobody can have guessed the
// name.
std::filesystem::path draft_of(std::filesystem::path const& file) {
    std::random_device random;
    return fmt::format("{}.{:08x}{:08x}", file.string(), random(), random());
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        auto const count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno != EINTR) return false;
        if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

// Makes the file, which is not there yet; false with errno set.
bool save(std::filesystem::path const& file, std::string_view text) {
    constexpr mode_t kAsTheUmaskAllows = 0666;
    base::Descriptor const out(::open(
        file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kAsTheUmaskAllows));
    return out.valid() && write_all(out.number(), text);
}

// The name of a device, of a pipe or of a link would be lost to a file.
void check_kind(std::filesystem::path const& file) {
    struct stat status {};
    if (::lstat(file.c_str(), &status) != 0 || S_ISREG(status.st_mode)) return;
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      fmt::format("metrics: {}: not a regular file", file.string()),
                      "name a regular file, or one that is not there yet: it is replaced");
}

base::Error cannot_write(std::filesystem::path const& file, std::error_code error) {
    return base::Error(base::Fault::usage, base::Recovery::never,
                       fmt::format("metrics: {}: {}", file.string(), error.message()),
                       "name a file in a folder that this user may write to");
}

}  // namespace

MetricsFile::MetricsFile(std::filesystem::path file, std::function<std::string()> text,
                         base::Clock::Duration interval, base::Clock& clock)
    : file_(std::move(file)), text_(std::move(text)) {
    write();
    ticker_.emplace(clock, interval, [this](std::stop_token) { try_to_write(); });
}

MetricsFile::~MetricsFile() {
    ticker_.reset();
    try_to_write();
}

void MetricsFile::write() const {
    check_kind(file_);
    auto const draft = draft_of(file_);
    auto const text = text_();
    bool const saved = save(draft, text);
    std::error_code error(errno, std::generic_category());
    if (saved) std::filesystem::rename(draft, file_, error);
    if (!error) return;
    std::error_code ignored;
    std::filesystem::remove(draft, ignored);
    throw cannot_write(file_, error);
}

void MetricsFile::try_to_write() noexcept {
    try {
        write();
        failing_ = false;
    } catch (base::Error const& error) {
        if (!std::exchange(failing_, true)) spdlog::warn("{}", error.what());
    }
}

}  // namespace indexer::observe
