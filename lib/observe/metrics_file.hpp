#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "observe/ticker.hpp"

namespace indexer::observe {

// A file that always holds the newest metrics whole, for node_exporter's textfile collector: each
// text is written beside it and renamed. Written at once, at every interval, and by the destructor.
// Only a regular file is replaced: the rename would take away a device, a pipe or a link as well.
class MetricsFile {
  public:
    // `text` is called from a thread of this object; `clock` must outlive it. Throws base::Error
    // with Fault::usage when the file cannot be written; later failures are only logged, once
    // until it works again.
    MetricsFile(std::filesystem::path file, std::function<std::string()> text,
                base::Clock::Duration interval, base::Clock& clock);
    MetricsFile(MetricsFile const&) = delete;
    MetricsFile& operator=(MetricsFile const&) = delete;
    ~MetricsFile();

  private:
    void write() const;
    void try_to_write() noexcept;

    std::filesystem::path const file_;
    std::function<std::string()> const text_;
    bool failing_ = false;
    std::optional<Ticker> ticker_;
};

}  // namespace indexer::observe
