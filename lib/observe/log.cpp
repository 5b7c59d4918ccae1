#include "observe/log.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include <spdlog/formatter.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <unistd.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"

namespace indexer::observe {
namespace {

constexpr auto kTextPattern = "%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v";
// On a terminal a log line takes the place of the progress line.
constexpr auto kTerminalPattern = "\r\x1b[K%H:%M:%S %^%l%$ %v";

std::string text_of(spdlog::string_view_t view) {
    return {view.data(), view.size()};
}

// What the pattern makes of a message that was made plain text, so that one call is one line and
// commands nobody's terminal.
class TextFormatter final : public spdlog::formatter {
  public:
    explicit TextFormatter(std::string pattern) : pattern_(std::move(pattern)), inner_(pattern_) {}

    void format(spdlog::details::log_msg const& message, spdlog::memory_buf_t& out) override {
        auto const text = base::plain_text(text_of(message.payload));
        auto plain = message;
        plain.payload = text;
        inner_.format(plain, out);
        // Where the pattern's colour begins and ends in `out`.
        message.color_range_start = plain.color_range_start;
        message.color_range_end = plain.color_range_end;
    }

    [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override {
        return std::make_unique<TextFormatter>(pattern_);
    }

  private:
    std::string pattern_;
    spdlog::pattern_formatter inner_;
};

// One JSON object a line.
class JsonFormatter final : public spdlog::formatter {
  public:
    void format(spdlog::details::log_msg const& message, spdlog::memory_buf_t& out) override {
        base::JsonWriter json;
        auto const since_epoch = message.time.time_since_epoch();
        json.begin_object()
            .member("time_ms",
                    std::int64_t{
                        std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()})
            .member("level", text_of(spdlog::level::to_string_view(message.level)))
            .member("message", base::plain_text(text_of(message.payload)))
            .end_object();
        std::string const line = json.text() + "\n";
        out.append(line.data(), line.data() + line.size());
    }

    [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override {
        return std::make_unique<JsonFormatter>();
    }
};

}  // namespace

void set_up_log(config::Log const& log) {
    auto logger = std::make_shared<spdlog::logger>(
        "indexer", std::make_shared<spdlog::sinks::ansicolor_stderr_sink_mt>());
    logger->set_level(log.quiet ? spdlog::level::err : spdlog::level::from_str(log.level));
    if (log.format == "json") {
        logger->set_formatter(std::make_unique<JsonFormatter>());
    } else {
        logger->set_formatter(std::make_unique<TextFormatter>(
            isatty(STDERR_FILENO) == 1 ? kTerminalPattern : kTextPattern));
    }
    spdlog::set_default_logger(std::move(logger));
}

}  // namespace indexer::observe
