#include "cli/option_group.hpp"

#include <cctype>
#include <charconv>

namespace indexer::cli {

std::string check_seq(std::string const& text) {
    std::int64_t value = 0;
    auto const* const end = text.data() + text.size();
    auto const [rest, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc{} && rest == end && value >= 0) return {};
    return text + " is not a number from 0 to 9223372036854775807";
}

std::chrono::milliseconds to_duration(std::string const& option, std::string const& text) {
    auto const duration = parse_duration(text);
    if (duration) return *duration;
    throw CLI::ValidationError(option, text + " is not a duration like 500ms, 10s or 1h");
}

void Group::ends(config::Options& options, char const* first, char const* last) {
    end("--from-slot", options.slots.first, first, "slot");
    end("--to-slot", options.slots.last, last, "slot");
    end("--from-ledger", options.ledgers.first, first, "ledger");
    end("--to-ledger", options.ledgers.last, last, "ledger");
}

void Group::end(std::string const& name, std::optional<std::uint64_t>& target, std::string text,
                std::string const& position) {
    text.replace(text.find("%s"), 2, position);
    auto type = position;
    for (char& letter : type) letter = static_cast<char>(std::toupper(letter));
    option(name, target, text, type)->check(check_seq);
}

}  // namespace indexer::cli
