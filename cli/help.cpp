#include "cli/help.hpp"

namespace indexer::cli {

std::string option_notes(CLI::Option const& option) {
    std::string notes;
    if (option.get_required()) notes += " (required)";
    if (!option.get_default_str().empty()) notes += " [default: " + option.get_default_str() + "]";
    if (!option.get_envname().empty()) notes += " [env: " + option.get_envname() + "]";
    return notes;
}

std::string HelpFormatter::make_option_opts(CLI::Option const* option) const {
    return option->get_type_size() == 0 ? "" : " " + option->get_type_name();
}

std::string HelpFormatter::make_option_desc(CLI::Option const* option) const {
    return option->get_description() + option_notes(*option);
}

std::string HelpFormatter::make_footer(CLI::App const* app) const {
    CLI::App const* root = app;
    while (root->get_parent() != nullptr) root = root->get_parent();
    auto const text = CLI::Formatter::make_footer(app);
    if (root == app) return text;
    auto const shared =
        root->get_options([](CLI::Option const* option) { return option->check_lname("config"); });
    return make_group("All commands", false, {shared.begin(), shared.end()}) + text;
}

}  // namespace indexer::cli
