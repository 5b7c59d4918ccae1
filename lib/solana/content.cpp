#include "solana/content.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "solana/base58.hpp"

namespace indexer::solana {
namespace {

constexpr std::string_view kSchema = "solana.";

// Coverage is indexed by the content's name, and PostgreSQL's B-trees hold no more than 2,704
// bytes.
constexpr std::size_t kMostAddresses = 50;

base::Error usage(std::string const& what) {
    return {base::Fault::usage, base::Recovery::never, "solana: " + what};
}

std::string_view short_name(model::Table const& table) noexcept {
    return table.name.substr(kSchema.size());
}

// In the order of solana::tables(), each once.
std::vector<model::Table const*> tables_of(std::vector<std::string> const& names) {
    std::vector<model::Table const*> tables;
    for (model::Table const* const table : solana::tables()) {
        if (std::count(names.begin(), names.end(), short_name(*table)) > 0) tables.push_back(table);
    }
    for (std::string const& name : names) {
        auto const known = std::any_of(tables.begin(), tables.end(), [&](auto const* table) {
            return short_name(*table) == name;
        });
        if (!known) throw usage("there is no table " + name);
    }
    if (tables.empty()) throw usage("no tables to write");
    return tables;
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
            .tables = tables_of(config.tables),
            .filter = {.programs = addresses_of(config.programs),
                       .mints = addresses_of(config.mints),
                       .accounts = addresses_of(config.accounts)}};
}

std::string name_of(Content const& content) {
    std::string name;
    for (model::Table const* const table : content.tables) {
        name.append(name.empty() ? "" : ",").append(short_name(*table));
    }
    if (content.votes) name += ",votes";
    if (content.rewards) name += ",rewards";
    return name + filter_name("program", content.filter.programs) +
           filter_name("mint", content.filter.mints) +
           filter_name("account", content.filter.accounts);
}

}  // namespace indexer::solana
