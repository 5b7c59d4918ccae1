#include "solana/content.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "model/table_choice.hpp"
#include "solana/base58.hpp"

namespace indexer::solana {
namespace {

// Coverage is indexed by the content's name, and PostgreSQL's B-trees hold no more than 2,704
// bytes.
constexpr std::size_t kMostAddresses = 50;

// Words that stand among the tables in a content's name.
constexpr std::string_view kVotes = "votes";
constexpr std::string_view kRewards = "rewards";

base::Error usage(std::string const& what) {
    return {base::Fault::usage, base::Recovery::never, "solana: " + what};
}

AddressSet addresses_of(std::vector<std::string> const& addresses) {
    for (std::string const& address : addresses) {
        if (!base58::decode32(address)) throw usage(address + " is not an address");
    }
    return AddressSet(addresses);
}

std::string filter_name(std::string_view what, AddressSet const& set) {
    return set.empty() ? "" : fmt::format(";{}={}", what, fmt::join(set.addresses(), ","));
}

// Takes what stands before the first `separator`, and that one.
std::string_view take_until(std::string_view& text, char separator) {
    auto const end = std::min(text.find(separator), text.size());
    auto const part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

// "program=A,B" as an option for each address.
std::string filter_options(std::string_view filter) {
    auto const name = take_until(filter, '=');
    std::string options;
    while (!filter.empty()) {
        options += fmt::format(" --{} {}", name, take_until(filter, ','));
    }
    return options;
}

}  // namespace

std::vector<model::Table const*> all_tables() {
    auto const tables = solana::tables();
    return {tables.begin(), tables.end()};
}

Content content_of(config::Solana const& config) {
    if (config.programs.size() + config.mints.size() + config.accounts.size() > kMostAddresses) {
        throw usage(fmt::format("at most {} programs, mints and accounts", kMostAddresses));
    }
    return {.votes = config.include_votes,
            .rewards = config.rewards,
            .tables = model::choose_tables(solana::tables(), config.tables),
            .filter = {.programs = addresses_of(config.programs),
                       .mints = addresses_of(config.mints),
                       .accounts = addresses_of(config.accounts)}};
}

std::string name_of(Content const& content) {
    auto name = model::names_of(content.tables);
    if (content.votes) name += fmt::format(",{}", kVotes);
    if (content.rewards) name += fmt::format(",{}", kRewards);
    return name + filter_name("program", content.filter.programs) +
           filter_name("mint", content.filter.mints) +
           filter_name("account", content.filter.accounts);
}

std::string options_for(std::string_view content) {
    auto choice = take_until(content, ';');
    std::string tables;
    std::string others;
    while (!choice.empty()) {
        auto const word = take_until(choice, ',');
        if (word == kVotes) {
            others += " --include-votes";
        } else if (word == kRewards) {
            others += " --rewards";
        } else {
            tables += fmt::format("{}{}", tables.empty() ? "" : ",", word);
        }
    }
    while (!content.empty()) others += filter_options(take_until(content, ';'));
    return model::option_for(tables, solana::tables()) + others;
}

}  // namespace indexer::solana
