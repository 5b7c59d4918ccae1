#include "cli/option_group.hpp"

#include <cctype>

#include <fmt/format.h>

#include "base/number.hpp"

namespace indexer::cli {

std::string check_seq(std::string const& text) {
    if (base::whole_number<std::int64_t>(text).value_or(-1) >= 0) return {};
    return text + " is not a number from 0 to 9223372036854775807";
}

std::chrono::milliseconds to_duration(std::string const& option, std::string const& text) {
    auto const duration = parse_duration(text);
    if (duration) return *duration;
    throw CLI::ValidationError(option, text + " is not a duration like 500ms, 10s or 1h");
}

void Group::start(config::Options& options, std::string_view text) {
    end("--from-slot", options.slots.first, text, "slot");
    end("--from-ledger", options.ledgers.first, text, "ledger");
}

void Group::ends(config::Options& options, std::string_view first, std::string_view last) {
    end("--from-slot", options.slots.first, first, "slot");
    end("--to-slot", options.slots.last, last, "slot");
    end("--from-ledger", options.ledgers.first, first, "ledger");
    end("--to-ledger", options.ledgers.last, last, "ledger");
}

void Group::end(std::string const& name, std::optional<std::uint64_t>& target,
                std::string_view text, std::string const& position) {
    auto type = position;
    for (char& letter : type) letter = static_cast<char>(std::toupper(letter));
    option(name, target, fmt::format(fmt::runtime(text), position), type)->check(check_seq);
}

}  // namespace indexer::cli
