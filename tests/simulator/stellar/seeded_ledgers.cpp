#include "tests/simulator/stellar/seeded_ledgers.hpp"

#include <algorithm>

#include "stellar/identity.hpp"

namespace indexer::simulator::stellar {
namespace {

constexpr std::uint64_t kFirstParent = 30;
constexpr std::uint64_t kSet = 31;

constexpr std::uint64_t kEpoch = 1'700'000'000;
constexpr std::uint64_t kSecondsALedger = 5;
constexpr std::uint32_t kOldProtocol = 22;
constexpr std::uint32_t kNewProtocol = 26;

SeededOptions with_upgrade(SeededOptions options) {
    if (!options.upgrade) options.upgrade = options.first + options.count / 8;
    return options;
}

}  // namespace

SeededLedgers::SeededLedgers(SeededOptions const& options, std::string passphrase)
    : options_(with_upgrade(options)),
      passphrase_(std::move(passphrase)),
      network_(indexer::stellar::network_id(passphrase_)) {
}

Slot SeededLedgers::at_or_before(Slot seq) const {
    return std::clamp(seq, first(), last());
}

std::optional<Slot> SeededLedgers::at_or_after(Slot seq) const {
    if (seq > last()) return std::nullopt;
    return std::max(seq, first());
}

HeaderParts SeededLedgers::parts(Slot seq, unsigned fork, std::string previous_hash) const {
    bool const old = seq <= *options_.upgrade;
    return {.protocol = old ? kOldProtocol : kNewProtocol,
            .ledger = static_cast<std::uint32_t>(seq),
            .close_time = kEpoch + kSecondsALedger * seq,
            .previous_hash = std::move(previous_hash),
            .set_hash = made_key(options_.seed, mix(kSet, fork), seq),
            .upgrade_to = seq == *options_.upgrade ? kNewProtocol : 0};
}

std::string SeededLedgers::hash_before(Slot seq, unsigned fork) const {
    std::lock_guard const lock(mutex_);
    auto& hashes = hashes_[fork];
    if (hashes.empty()) hashes.push_back(made_key(options_.seed, kFirstParent, first()));
    while (hashes.size() <= seq - first()) {
        auto const next = first() + hashes.size() - 1;
        auto const header = write_header(parts(next, fork, hashes.back()));
        hashes.emplace_back(indexer::stellar::sha256(header).bytes());
    }
    return hashes[seq - first()];
}

LedgerHead SeededLedgers::head(Slot seq, unsigned fork) const {
    auto const said = parts(seq, fork, hash_before(seq, fork));
    return {.entry = write_header_entry(write_header(said)),
            .close_time = static_cast<std::int64_t>(said.close_time),
            .protocol = said.protocol};
}

std::string SeededLedgers::meta(Slot seq, unsigned fork) const {
    auto const said = parts(seq, fork, hash_before(seq, fork));
    Accounts accounts(options_.seed, said.ledger);
    Scene const scene{.network = network_,
                      .seed = options_.seed,
                      .ledger = said.ledger,
                      .unified_events = said.protocol >= kNewProtocol,
                      .population = std::max<std::uint64_t>(64, 4 * options_.mixture.transactions),
                      .events_per_call = options_.mixture.events_per_call,
                      .accounts = accounts};
    return write_ledger(said, write_header_entry(write_header(said)),
                        make_transactions(scene, options_.mixture));
}

}  // namespace indexer::simulator::stellar
