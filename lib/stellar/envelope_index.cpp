#include "stellar/envelope_index.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "stellar/hex.hpp"
#include "stellar/identity.hpp"

namespace indexer::stellar {
namespace {

base::Error contradiction(std::string const& what, std::string const& hint = {}) {
    return {base::Fault::not_understood, base::Recovery::retry_elsewhere, "stellar: " + what, hint};
}

}  // namespace

EnvelopeIndex::EnvelopeIndex(Hash const& network, xdr::Value const& contents) : network_(network) {
    auto const set = contents["tx_set"];
    if (set.type().name == "TransactionSet") {
        add(set["txs"]);
    } else {
        for (auto const phase : (*set.content())["phases"]) add_phase(phase);
    }
    std::sort(envelopes_.begin(), envelopes_.end(),
              [](Entry const& a, Entry const& b) { return a.hash.bytes() < b.hash.bytes(); });
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
        envelopes_.push_back({transaction_hash(network_, envelope), envelope});
    }
}

xdr::Value EnvelopeIndex::take(std::string_view hash) {
    auto const found = std::lower_bound(
        envelopes_.begin(), envelopes_.end(), hash,
        [](Entry const& entry, std::string_view wanted) { return entry.hash.bytes() < wanted; });
    if (found == envelopes_.end() || found->hash.bytes() != hash) {
        throw contradiction("transaction " + hex(hash) + " is not in the ledger's set",
                            "the endpoint's passphrase may not be that of the network");
    }
    if (std::exchange(found->is_taken, true)) {
        throw contradiction("transaction " + hex(hash) + " was applied twice");
    }
    ++taken_;
    return found->envelope;
}

void EnvelopeIndex::require_all_taken() const {
    if (taken_ == envelopes_.size()) return;
    auto const left = std::find_if(envelopes_.begin(), envelopes_.end(),
                                   [](Entry const& entry) { return !entry.is_taken; });
    throw contradiction("transaction " + hex(left->hash.bytes()) +
                        " is in the ledger's set, but was not applied");
}

}  // namespace indexer::stellar
