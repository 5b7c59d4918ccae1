#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/duration.hpp"
#include "config/config.hpp"

namespace indexer::cli {

// What is wrong with a slot, ledger or other number that must fit a bigint; empty when nothing is.
// CLI11 by itself would take -5 for a huge number.
[[nodiscard]] std::string check_seq(std::string const& text);

// Throws CLI::ValidationError in the option's name when the text is no duration.
[[nodiscard]] std::chrono::milliseconds to_duration(std::string const& option,
                                                    std::string const& text);

// Adds options to a command under one heading of its help.
class Group {
  public:
    Group(CLI::App& app, std::string name) : app_(app), name_(std::move(name)) {}

    template <class Target>
    CLI::Option* option(std::string const& names, Target& target, std::string const& text,
                        std::string const& type) {
        return app_.add_option(names, target, text)->type_name(type)->group(name_);
    }

    template <class Value>
    CLI::Option* parsed(std::string const& names, std::function<void(Value const&)> const& store,
                        std::string const& text, std::string const& type) {
        return app_.add_option_function<Value>(names, store, text)->type_name(type)->group(name_);
    }

    CLI::Option* flag(std::string const& names, bool& target, std::string const& text) {
        return app_.add_flag(names, target, text)->group(name_);
    }

    template <class Number>
    CLI::Option* number(std::string const& names, Number& target, unsigned least, unsigned most,
                        std::string const& text) {
        return option(names, target, text, "N")
            ->check(CLI::Range(least, most).description(""))
            ->capture_default_str();
    }

    CLI::Option* choice(std::string const& names, std::string& target, std::string const& text,
                        std::vector<std::string> const& choices) {
        return option(names, target, text, "WORD")
            ->check(CLI::IsMember(choices).description(""))
            ->capture_default_str();
    }

    CLI::Option* duration(std::string const& names, std::chrono::milliseconds& target,
                          std::string const& text) {
        auto const store = [&target, names](std::string const& value) {
            target = to_duration(names, value);
        };
        return parsed<std::string>(names, store, text, "DURATION")
            ->default_str(duration_text(target));
    }

    // Where a range begins, or both its ends, in the words of each chain: {} in a text is the
    // position's name.
    void start(config::Options& options, std::string_view text);
    void ends(config::Options& options, std::string_view first, std::string_view last);

    CLI::Option* size(std::string const& names, std::size_t& target, std::string const& text) {
        return option(names, target, text, "SIZE")
            ->transform(CLI::AsSizeValue(false).description(""))
            ->default_str(std::to_string(target / 1024 / 1024) + "MiB");
    }

  private:
    void end(std::string const& name, std::optional<std::uint64_t>& target, std::string_view text,
             std::string const& position);

    CLI::App& app_;
    std::string name_;
};

}  // namespace indexer::cli
