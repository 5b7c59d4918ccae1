#include "cli/man_page.hpp"

#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "cli/help.hpp"
#include "observe/metric_table.hpp"

namespace indexer::cli {
namespace {

// A backslash begins a command of roff's. Each sentence gets a line, as mdoc wants it.
std::string escaped(std::string const& text) {
    std::string out;
    for (char const c : text) {
        if (c == '\\') out += '\\';
        out += c;
        if (c == '\\') out += 'e';
    }
    for (auto end = out.find(". "); end != std::string::npos; end = out.find(". ", end)) {
        out.replace(end, 2, ".\n");
    }
    return out;
}

// "-q,--quiet" becomes "Fl q , Fl -quiet".
std::string names_text(CLI::Option const& option) {
    std::string text;
    for (std::string const& name : option.get_snames()) text += " , Fl " + name;
    for (std::string const& name : option.get_lnames()) text += " , Fl -" + name;
    return text.substr(3);
}

std::string option_text(CLI::Option const& option) {
    auto const type = option.get_type_size() == 0 ? "" : " Ar " + option.get_type_name();
    return fmt::format(".It {}{}\n{}{}\n", names_text(option), type,
                       escaped(option.get_description()), escaped(option_notes(option)));
}

std::string group_text(CLI::App const& command, std::string const& group,
                       std::map<std::string, std::string>& described) {
    auto const options = command.get_options([&](CLI::Option const* option) {
        return option->get_group() == group && option->nonpositional() &&
               !option->check_lname("help");
    });
    if (options.empty()) return {};
    std::string items;
    for (CLI::Option const* const option : options) items += option_text(*option);
    auto const known = described.find(items);
    if (known != described.end()) {
        return fmt::format(".Pp\n{} options: as for {}.\n", group, known->second);
    }
    described.emplace(items, command.get_name());
    return fmt::format(".Pp\n{} options:\n.Bl -tag -width Ds\n{}.El\n", group, items);
}

std::string command_text(CLI::App const& command, std::string const& path,
                         std::map<std::string, std::string>& described) {
    std::string text = fmt::format(".Ss {}\n{}\n", path, escaped(command.get_description()));
    for (std::string const& group : command.get_groups()) {
        text += group_text(command, group, described);
    }
    for (CLI::App const* const inner : command.get_subcommands({})) {
        text += command_text(*inner, path + " " + inner->get_name(), described);
    }
    return text;
}

std::string_view type_name(observe::MetricType type) {
    switch (type) {
        case observe::MetricType::counter:
            return "counter";
        case observe::MetricType::gauge:
            return "gauge";
        case observe::MetricType::histogram:
            return "histogram";
    }
    return {};
}

std::string metric_text(observe::Metric const& metric) {
    auto const labels = metric.labels().empty()
                            ? std::string()
                            : fmt::format(" by {}", fmt::join(metric.labels(), ", "));
    return fmt::format(".It Va {}\n{}{}.\n{}\n", metric.name(), type_name(metric.type()), labels,
                       escaped(std::string(metric.help())));
}

}  // namespace

std::string man_page_metrics() {
    std::string text = ".Bl -tag -width Ds\n";
    for (observe::Metric const& metric : observe::kMetrics) text += metric_text(metric);
    return text + ".El\n";
}

std::string man_page_commands(CLI::App const& app) {
    std::map<std::string, std::string> described;
    std::string text;
    for (CLI::App const* const command : app.get_subcommands({})) {
        text += command_text(*command, command->get_name(), described);
    }
    return text;
}

}  // namespace indexer::cli
