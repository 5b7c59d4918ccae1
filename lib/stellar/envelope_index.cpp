#include "stellar/envelope_index.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "stellar/hex.hpp"
#include "stellar/identity.hpp"

namespace indexer::stellar {

EnvelopeIndex::EnvelopeIndex(Hash const& network, xdr::Value const& contents) : network_(network) {
    auto const set = contents["tx_set"];
    if (set.type().name == "TransactionSet") {
        add(set["txs"]);
    } else {
        for (auto const phase : (*set.content())["phases"]) add_phase(phase);
    }
    std::sort(envelopes_.begin(), envelopes_.end(),
              [](auto const& a, auto const& b) { return a.first.bytes() < b.first.bytes(); });
}

// Phases are of components, or of stages of clusters that run side by side.
void EnvelopeIndex::add_phase(xdr::Value const& phase) {
    auto const content = *phase.content();
    if (phase.discriminant() == 0) {
        for (auto const component : content) add((*component.content())["txs"]);
        return;
    }
    for (auto const stage : content["execution_stages"]) {
        for (auto const cluster : stage) add(cluster);
    }
}

void EnvelopeIndex::add(xdr::Value const& envelopes) {
    for (auto const envelope : envelopes) {
        envelopes_.emplace_back(transaction_hash(network_, envelope), envelope);
    }
}

xdr::Value EnvelopeIndex::find(std::string_view hash) const {
    auto const found = std::lower_bound(
        envelopes_.begin(), envelopes_.end(), hash,
        [](auto const& entry, std::string_view wanted) { return entry.first.bytes() < wanted; });
    if (found != envelopes_.end() && found->first.bytes() == hash) return found->second;
    throw base::Error(base::Fault::not_understood, base::Recovery::retry_elsewhere,
                      "stellar: transaction " + hex(hash) + " is not in the ledger's set",
                      "the endpoint's passphrase may not be that of the network");
}

}  // namespace indexer::stellar
