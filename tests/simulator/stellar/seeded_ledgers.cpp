#include "tests/simulator/stellar/seeded_ledgers.hpp"

#include <algorithm>

#include "stellar/identity.hpp"

namespace indexer::simulator::stellar {
namespace {

constexpr std::uint64_t kFirstParent = 30;
constexpr std::uint64_t kBuckets = 31;

constexpr std::uint64_t kEpochMs = 1'700'000'000'000;
constexpr std::uint64_t kSlowMs = 5'000;  // from ledger to ledger
constexpr std::uint64_t kFastMs = 600;    // so that some share a second
constexpr std::uint32_t kOldProtocol = 22;
constexpr std::uint32_t kNewProtocol = 26;
constexpr std::uint32_t kMillisecondsProtocol = 30;

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

std::uint32_t SeededLedgers::protocol(Slot seq) const {
    if (options_.milliseconds && seq > *options_.milliseconds) return options_.newest_protocol;
    return seq <= *options_.upgrade ? kOldProtocol : kNewProtocol;
}

// Upgrades take effect with the ledger behind the one that has them.
HeaderParts SeededLedgers::parts(Slot seq, unsigned fork, std::string previous_hash) const {
    auto const now = protocol(seq);
    auto const next = protocol(seq + 1);
    return {.protocol = now,
            .ledger = static_cast<std::uint32_t>(seq),
            .close_ms = close_ms(seq),
            .previous_hash = std::move(previous_hash),
            .bucket_hash = made_key(options_.seed, mix(kBuckets, fork), seq),
            .upgrade_to = next == now ? 0 : next,
            .form = form(seq)};
}

std::uint64_t SeededLedgers::close_ms(Slot seq) const {
    auto const slow = std::min(seq, options_.milliseconds.value_or(seq));
    return kEpochMs + kSlowMs * slow + kFastMs * (seq - slow);
}

ValueForm SeededLedgers::form(Slot seq) const {
    bool const fast = protocol(seq) >= kMillisecondsProtocol;
    if (options_.unheard_of.contains(seq)) return ValueForm::unheard_of;
    if (options_.dropped_sets.contains(seq)) {
        return fast ? ValueForm::dropped_set_ms : ValueForm::dropped_set;
    }
    return fast ? ValueForm::plain_ms : ValueForm::plain;
}

std::vector<MadeTransaction> SeededLedgers::transactions(Slot seq) const {
    if (options_.dropped_sets.contains(seq)) return {};
    Accounts accounts(options_.seed, static_cast<std::uint32_t>(seq));
    Scene const scene{.network = network_,
                      .seed = options_.seed,
                      .ledger = static_cast<std::uint32_t>(seq),
                      .unified_events = protocol(seq) >= kNewProtocol,
                      .muxed_contracts = protocol(seq) >= kMillisecondsProtocol,
                      .population = std::max<std::uint64_t>(64, 4 * options_.mixture.transactions),
                      .events_per_call = options_.mixture.events_per_call,
                      .accounts = accounts};
    return make_transactions(scene, options_.mixture);
}

std::string SeededLedgers::hash_before(Slot seq, unsigned fork) const {
    std::lock_guard const lock(mutex_);
    auto& hashes = hashes_[fork];
    if (hashes.empty()) hashes.push_back(made_key(options_.seed, kFirstParent, first()));
    while (hashes.size() <= seq - first()) {
        auto const next = first() + hashes.size() - 1;
        auto const header = write_header(parts(next, fork, hashes.back()), transactions(next));
        hashes.emplace_back(indexer::stellar::sha256(header).bytes());
    }
    return hashes[seq - first()];
}

LedgerHead SeededLedgers::head(Slot seq, unsigned fork) const {
    auto const said = parts(seq, fork, hash_before(seq, fork));
    return {.entry = write_header_entry(write_header(said, transactions(seq))),
            .close_time = static_cast<std::int64_t>(said.close_ms / 1'000),
            .protocol = said.protocol};
}

std::string SeededLedgers::meta(Slot seq, unsigned fork) const {
    auto const said = parts(seq, fork, hash_before(seq, fork));
    auto const made = transactions(seq);
    return write_ledger(said, write_header_entry(write_header(said, made)), made);
}

}  // namespace indexer::simulator::stellar
