#include "observe/metrics_file.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "base/error.hpp"

namespace indexer::observe {
namespace {

// The collector reads *.prom; a process of its own name cannot meet another one's draft.
std::filesystem::path draft_of(std::filesystem::path const& file) {
    return fmt::format("{}.{}", file.string(), ::getpid());
}

// False with errno set, if anything set it.
bool save(std::filesystem::path const& file, std::string const& text) {
    errno = 0;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    return out.good();
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
    auto const draft = draft_of(file_);
    bool const saved = save(draft, text_());
    std::error_code error(errno == 0 ? EIO : errno, std::generic_category());
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
