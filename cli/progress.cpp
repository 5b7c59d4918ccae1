#include "cli/progress.hpp"

#include <cstdio>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "base/clock.hpp"
#include "cli/text.hpp"

namespace indexer::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kTerminalInterval = 200ms;
constexpr auto kLogInterval = 5s;
constexpr auto kClearLine = "\r\x1b[K";

bool on_terminal() {
    return isatty(STDERR_FILENO) == 1;
}

}  // namespace

std::string progress_text(pipeline::Totals const& totals, std::uint64_t planned,
                          std::chrono::steady_clock::duration elapsed) {
    double const seconds = std::max(std::chrono::duration<double>(elapsed).count(), 1e-3);
    std::uint64_t const done = totals.fetched + totals.unavailable;
    auto text = fmt::format(
        "{} of {} seqs · {:.0f} % · {:.0f} blocks/s", grouped(done), grouped(planned),
        planned == 0 ? 100.0 : 100.0 * static_cast<double>(done) / static_cast<double>(planned),
        static_cast<double>(totals.blocks) / seconds);
    if (totals.unavailable > 0) text += fmt::format(" · {} unavailable", totals.unavailable);
    if (done > 0 && done < planned) {
        auto const left = std::chrono::duration<double>(
            seconds * static_cast<double>(planned - done) / static_cast<double>(done));
        text += " · eta " +
                elapsed_text(std::chrono::duration_cast<std::chrono::steady_clock::duration>(left));
    }
    return text;
}

Progress::Progress(pipeline::Tally const& tally, std::uint64_t planned)
    : tally_(tally),
      planned_(planned),
      started_(std::chrono::steady_clock::now()),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {
}

Progress::~Progress() {
    thread_.request_stop();
    thread_.join();
    if (on_terminal()) std::fputs(kClearLine, stderr);
}

std::string Progress::text() const {
    return progress_text(tally_.totals(), planned_, std::chrono::steady_clock::now() - started_);
}

void Progress::run(std::stop_token stop) const {
    bool const terminal = on_terminal();
    auto const interval = terminal ? base::Clock::Duration(kTerminalInterval) : kLogInterval;
    while (base::steady_clock().sleep_for(interval, stop)) {
        if (terminal) {
            fmt::print(stderr, "{}{}", kClearLine, text());
        } else {
            spdlog::info("{}", text());
        }
    }
}

}  // namespace indexer::cli
