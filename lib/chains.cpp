#include "chains.hpp"

#include "base/error.hpp"
#include "solana/source.hpp"
#include "stellar/lake/source.hpp"
#include "stellar/source.hpp"

namespace indexer {

bool needs_client(config::Options const& options) {
    return options.chain != "stellar" || options.stellar.lake.empty();
}

std::unique_ptr<source::Source> make_source(config::Options const& options, rpc::Client* client,
                                            base::Clock& clock) {
    if (options.chain == "solana") {
        return std::make_unique<solana::SolanaSource>(*client, options.solana);
    }
    if (!needs_client(options)) return std::make_unique<stellar::LakeSource>(options, clock);
    if (options.chain == "stellar") {
        return std::make_unique<stellar::StellarSource>(*client, options.stellar, clock);
    }
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "--chain: " + options.chain + " is not a chain this program knows",
                      "use solana or stellar");
}

}  // namespace indexer
