#include "stellar/asset_contracts.hpp"

#include <cstddef>

#include "stellar/asset.hpp"
#include "stellar/identity.hpp"
#include "stellar/strkey.hpp"

namespace indexer::stellar {
namespace {

// A few megabytes. The network has more assets than that, but few of them at a time.
constexpr std::size_t kMostRemembered = 10'000;

}  // namespace

bool AssetContracts::is_contract_of(std::string_view contract, std::string const& asset) {
    auto found = contracts_.find(asset);
    if (found == contracts_.end()) {
        if (contracts_.size() >= kMostRemembered) contracts_.clear();
        found = contracts_.emplace(asset, contract_of(asset)).first;
    }
    return found->second == contract;
}

std::string AssetContracts::contract_of(std::string const& asset) const {
    auto const wire = encode_asset(asset);
    if (!wire) return {};
    return format_strkey(StrKeyKind::contract, asset_contract_id(network_, *wire).bytes());
}

}  // namespace indexer::stellar
