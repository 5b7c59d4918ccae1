#include "chains.hpp"

#include "base/error.hpp"
#include "solana/source.hpp"

namespace indexer {

std::unique_ptr<source::Source> make_source(config::Options const& options, rpc::Client& client) {
    if (options.chain == "solana") {
        return std::make_unique<solana::SolanaSource>(client, options.solana);
    }
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "--chain: " + options.chain + " is not a chain this program knows",
                      "use solana");
}

}  // namespace indexer
