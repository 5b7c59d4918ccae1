#include "chains.hpp"

#include "base/error.hpp"
#include "solana/checks.hpp"
#include "solana/content.hpp"
#include "solana/source.hpp"
#include "solana/tables.hpp"
#include "stellar/checks.hpp"
#include "stellar/content.hpp"
#include "stellar/events/event_source.hpp"
#include "stellar/lake/source.hpp"
#include "stellar/source.hpp"
#include "stellar/tables.hpp"

namespace indexer {
namespace {

base::Error unknown_chain(std::string const& chain) {
    return {base::Fault::usage, base::Recovery::never,
            "--chain: " + chain + " is not a chain this program knows", "use solana or stellar"};
}

}  // namespace

ChainDescription describe(std::string const& chain) {
    if (chain == "solana") {
        return {.tables = solana::tables(),
                .checks = solana::checks(),
                .abandoned = solana::find_abandoned(),
                .notes = solana::notes(),
                .decoder_version = solana::kDecoderVersion};
    }
    if (chain == "stellar") {
        return {.tables = stellar::tables(),
                .checks = stellar::checks(),
                .notes = stellar::notes(),
                .decoder_version = stellar::kDecoderVersion};
    }
    throw unknown_chain(chain);
}

Vouchers vouchers(std::string const& chain, std::string const& content) {
    if (chain != "stellar") {
        return {
            .by_hash = "nothing: blocks do link, but no hash that a node tells covers one's rows",
            .by_word = "all of it: of each block that it is whole, and as the chain has it"};
    }
    if (content.starts_with(stellar::kAskedFor)) {
        return {.by_hash = "nothing: getEvents tells of no hashes", .by_word = "all of it"};
    }
    return {.by_hash = "headers, sets of transactions, results and fees (decoder version 2)",
            .by_word = "what transactions changed, and events: no hash covers a ledger's meta"};
}

std::string options_for(std::string const& chain, std::string_view content) {
    return chain == "stellar" ? stellar::options_for(content) : solana::options_for(content);
}

bool needs_client(config::Options const& options) {
    return options.chain != "stellar" || options.stellar.lake.empty();
}

std::size_t witnesses_of(config::Options const& options) {
    bool const each_is_asked = options.chain != "stellar" ||
                               (options.stellar.lake.empty() && !options.stellar.asks_for_events());
    return each_is_asked ? options.rpc.endpoints.size() : 1;
}

std::unique_ptr<source::Source> make_source(config::Options const& options, rpc::Client* client,
                                            base::Clock& clock, base::MemoryBudget& memory) {
    if (options.chain == "solana") {
        return std::make_unique<solana::SolanaSource>(*client, options.solana);
    }
    if (!needs_client(options)) {
        return std::make_unique<stellar::LakeSource>(options, clock, memory);
    }
    if (options.chain == "stellar" && options.stellar.asks_for_events()) {
        return std::make_unique<stellar::EventSource>(*client, options, clock);
    }
    if (options.chain == "stellar") {
        return std::make_unique<stellar::StellarSource>(*client, options.stellar, clock);
    }
    throw unknown_chain(options.chain);
}

}  // namespace indexer
