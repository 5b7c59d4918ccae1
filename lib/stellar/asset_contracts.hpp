#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "stellar/hash.hpp"

namespace indexer::stellar {

// The contracts that stand for assets. Anyone can emit an event that names an asset; only those of
// its own contract are about it. Remembers what it worked out; not safe for concurrent use.
class AssetContracts {
  public:
    explicit AssetContracts(Hash const& network) : network_(network) {}

    // Whether the contract (C...) is that of the asset ("native" or "CODE:G...").
    [[nodiscard]] bool is_contract_of(std::string_view contract, std::string const& asset);

  private:
    [[nodiscard]] std::string contract_of(std::string const& asset) const;

    Hash const network_;
    std::unordered_map<std::string, std::string> contracts_;  // empty: no asset
};

}  // namespace indexer::stellar
