#include "cli/progress.hpp"

#include <cstdio>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "cli/text.hpp"

namespace indexer::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kTerminalInterval = 200ms;
constexpr std::uint64_t kWorthAnEta = 150;  // behind: half a minute of Solana
constexpr auto kClearLine = "\r\x1b[K";

bool on_terminal() {
    return isatty(STDERR_FILENO) == 1;
}

// Of the moment that watermark and lag are of, so that the three agree.
std::optional<base::Seq> tip_then(observe::Standing const& standing) {
    if (!standing.vitals || !standing.lag) return standing.tip;
    return base::Seq(standing.vitals->next.value() - 1 + *standing.lag);
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

std::string progress_text(observe::Standing const& standing) {
    std::string text = "following";
    if (standing.vitals) {
        text = fmt::format("proven to {}", grouped(standing.vitals->next.value() - 1));
    }
    if (auto const tip = tip_then(standing)) {
        text += fmt::format(" · tip {}", grouped(tip->value()));
    }
    if (standing.lag) text += fmt::format(" · lag {}", grouped(*standing.lag));
    if (standing.vitals && standing.vitals->holes > 0) {
        text += fmt::format(" · {}", counted(standing.vitals->holes, "hole"));
    }
    if (standing.lag > kWorthAnEta && standing.eta) {
        text += " · eta " + elapsed_text(*standing.eta);
    }
    return text;
}

Progress::Progress(Text text, base::Clock::Duration log_interval)
    : text_(std::move(text)),
      log_interval_(log_interval),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {
}

Progress::~Progress() {
    thread_.request_stop();
    thread_.join();
    if (on_terminal()) std::fputs(kClearLine, stderr);
}

void Progress::run(std::stop_token stop) const {
    bool const terminal = on_terminal();
    auto const interval = terminal ? base::Clock::Duration(kTerminalInterval) : log_interval_;
    while (base::steady_clock().sleep_for(interval, stop)) {
        if (terminal) {
            fmt::print(stderr, "{}{}", kClearLine, text_());
        } else {
            spdlog::info("{}", text_());
        }
    }
}

Progress::Text text_of_run(pipeline::Tally const& tally, std::uint64_t planned,
                           base::Clock& clock) {
    return [&tally, &clock, planned, started = clock.now()] {
        return progress_text(tally.totals(), planned, clock.now() - started);
    };
}

}  // namespace indexer::cli
