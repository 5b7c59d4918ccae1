#include "cli/run.hpp"

#include <cctype>
#include <cstdio>
#include <exception>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"
#include "cli/man_page.hpp"
#include "cli/signals.hpp"
#include "cli/standard_streams.hpp"
#include "observe/log.hpp"
#include "observe/ping.hpp"

namespace indexer::cli {
namespace {

ExitCode print_error(std::string const& what, std::string const& hint, ExitCode code) {
    fmt::print(stderr, "indexer: {}\n", base::plain_text(what));
    if (!hint.empty()) fmt::print(stderr, "hint: {}\n", base::plain_text(hint));
    return code;
}

// The parser repeats words it did not expect, and one of them may be a URL with a token.
std::string without_secrets(std::string const& text) {
    std::istringstream words(text);
    std::string clean;
    for (std::string word; words >> word;) {
        if (!clean.empty()) clean += ' ';
        clean += word.find("://") == std::string::npos ? word : base::redacted_url(word);
    }
    return clean;
}

ExitCode print_usage_error(CLI::ParseError const& error) {
    auto text = without_secrets(error.what());
    // "A subcommand …", but not "URL …".
    if (text.size() > 1 && std::isupper(text[1]) == 0)
        text[0] = static_cast<char>(std::tolower(text[0]));
    return print_error(text, "run: indexer --help, or indexer <command> --help", ExitCode::usage);
}

ExitCode run_command(CommandLine const& line) {
    observe::set_up_log(line.options().log);
    for (std::string const& warning : line.warnings()) spdlog::warn("{}", warning);
    Signals const signals;
    auto const code = line.command()(line.options(), signals.stop());
    auto const& ping_url = line.options().observe.ping_url;
    if (code == ExitCode::complete && !ping_url.empty()) observe::ping(ping_url, signals.stop());
    return code;
}

ExitCode parse_and_run(CommandLine& line, int argc, char const* const* argv) {
    try {
        line.parse(argc, argv);
    } catch (ManPage const& page) {
        fmt::print("{}", page.what());
        return ExitCode::complete;
    } catch (CLI::Success const& help) {
        static_cast<void>(line.app().exit(help));
        return ExitCode::complete;
    } catch (CLI::ParseError const& error) {
        return print_usage_error(error);
    }
    return run_command(line);
}

// What the command came to counts for nothing where it was to be printed and is not there.
ExitCode after_output(ExitCode code) {
    auto const lost = write_out();
    if (lost.empty()) return code;
    return print_error("stdout: " + lost, "what was to be printed is lost", ExitCode::internal);
}

}  // namespace

int run(int argc, char const* const* argv) {
    ExitCode code = ExitCode::internal;
    try {
        occupy_standard_streams();
        CommandLine line;
        code = parse_and_run(line, argc, argv);
    } catch (base::Error const& error) {
        code = print_error(error.what(), error.hint(), exit_code_for(error.fault()));
    } catch (std::exception const& error) {
        if (std::ferror(stdout) == 0) {
            code = print_error(error.what(), "this is a defect; please report it", code);
        }
    }
    return static_cast<int>(after_output(code));
}

}  // namespace indexer::cli
