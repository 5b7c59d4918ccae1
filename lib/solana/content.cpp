#include "solana/content.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "model/table_choice.hpp"
#include "solana/base58.hpp"

namespace indexer::solana {
namespace {

// Coverage is indexed by the content's name, and PostgreSQL's B-trees hold no more than 2,704
// bytes.
constexpr std::size_t kMostAddresses = 50;

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
    if (content.votes) name += ",votes";
    if (content.rewards) name += ",rewards";
    return name + filter_name("program", content.filter.programs) +
           filter_name("mint", content.filter.mints) +
           filter_name("account", content.filter.accounts);
}

}  // namespace indexer::solana
