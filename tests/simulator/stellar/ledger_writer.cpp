#include "tests/simulator/stellar/ledger_writer.hpp"

#include <algorithm>

#include "tests/simulator/encoding/xdr.hpp"

namespace indexer::simulator::stellar {
namespace {

constexpr std::uint32_t kParallelSince = 23;
constexpr std::int64_t kFeeWrite1Kb = 1'000;
constexpr std::uint64_t kStateBytes = 1'000'000'000;
constexpr std::int64_t kBaseFee = 100;

std::string zeros(std::size_t count) {
    return std::string(count, '\0');
}

std::string version_upgrade(std::uint32_t protocol) {
    return Xdr().u32(1).u32(protocol);
}

// The set lists envelopes by hash, in no relation to the order they are applied in.
std::vector<std::string> envelopes_by_hash(std::vector<MadeTransaction> const& transactions,
                                           bool soroban) {
    std::vector<MadeTransaction const*> chosen;
    for (MadeTransaction const& transaction : transactions) {
        if (transaction.soroban == soroban) chosen.push_back(&transaction);
    }
    std::sort(chosen.begin(), chosen.end(),
              [](auto const* a, auto const* b) { return a->hash < b->hash; });
    std::vector<std::string> envelopes;
    for (auto const* transaction : chosen) envelopes.push_back(transaction->envelope);
    return envelopes;
}

std::string serial_phase(std::vector<std::string> const& envelopes) {
    if (envelopes.empty()) return Xdr().u32(0).u32(0);
    return Xdr().u32(0).u32(1).u32(0).present(Xdr().i64(kBaseFee).text()).array(envelopes);
}

// One stage of as many clusters as there are envelopes.
std::string parallel_phase(std::vector<std::string> const& envelopes) {
    Xdr xdr;
    xdr.u32(1).present(Xdr().i64(kBaseFee).text());
    if (envelopes.empty()) return xdr.u32(0);
    xdr.u32(1).u32(envelopes.size());
    for (std::string const& envelope : envelopes) xdr.array({envelope});
    return xdr;
}

std::string transaction_set(HeaderParts const& parts,
                            std::vector<MadeTransaction> const& transactions) {
    auto const soroban = envelopes_by_hash(transactions, true);
    Xdr xdr;
    xdr.u32(1).raw(parts.previous_hash).u32(2);
    xdr.raw(serial_phase(envelopes_by_hash(transactions, false)));
    bool const parallel = parts.protocol >= kParallelSince;
    return xdr.raw(parallel ? parallel_phase(soroban) : serial_phase(soroban));
}

std::string hash_of(std::string_view bytes) {
    return std::string(indexer::stellar::sha256(bytes).bytes());
}

// Of a TransactionResultSet.
std::string results_hash(std::vector<MadeTransaction> const& transactions) {
    Xdr xdr;
    xdr.u32(transactions.size());
    for (MadeTransaction const& made : transactions) xdr.raw(made.hash).raw(made.result);
    return hash_of(xdr.text());
}

bool drops_set(ValueForm form) {
    return form == ValueForm::dropped_set || form == ValueForm::dropped_set_ms;
}

bool tells_milliseconds(ValueForm form) {
    return form == ValueForm::plain_ms || form == ValueForm::dropped_set_ms;
}

// A StellarValue.
std::string value(HeaderParts const& parts, std::vector<MadeTransaction> const& transactions) {
    std::vector<std::string> upgrades;
    if (parts.upgrade_to != 0) upgrades.push_back(Xdr().bytes(version_upgrade(parts.upgrade_to)));
    bool const dropped = drops_set(parts.form);
    Xdr xdr;
    xdr.raw(dropped ? zeros(32) : hash_of(transaction_set(parts, transactions)));
    xdr.u64(parts.close_ms / 1'000).array(upgrades).u32(static_cast<std::uint32_t>(parts.form));
    if (parts.form == ValueForm::unheard_of) xdr.bytes("a proof of chance").u64(7);
    if (tells_milliseconds(parts.form)) xdr.u64(parts.close_ms);
    if (dropped) xdr.raw(parts.bucket_hash).raw(parts.previous_hash).u32(parts.protocol);
    return xdr.raw(account_id(parts.bucket_hash)).bytes(parts.bucket_hash + parts.bucket_hash);
}

std::string processing(MadeTransaction const& made, bool modern) {
    Xdr xdr;
    if (modern) xdr.u32(0);
    xdr.raw(made.hash).raw(made.result).raw(made.fee_changes).raw(made.meta);
    if (modern) xdr.raw(made.refund_changes);
    return xdr;
}

}  // namespace

std::string write_header(HeaderParts const& parts,
                         std::vector<MadeTransaction> const& transactions) {
    Xdr xdr;
    xdr.u32(parts.protocol).raw(parts.previous_hash).raw(value(parts, transactions));
    xdr.raw(results_hash(transactions)).raw(parts.bucket_hash).u32(parts.ledger);
    xdr.i64(1'054'439'020'873'472'865).i64(50'000'000'000).u32(0).u64(1'000'000'000);
    xdr.u32(kBaseFee).u32(5'000'000).u32(1'000).raw(zeros(4 * 32));
    return xdr.u32(0);
}

std::string write_header_entry(std::string const& header) {
    return Xdr().raw(indexer::stellar::sha256(header).bytes()).raw(header).u32(0);
}

std::string write_ledger(HeaderParts const& parts, std::string const& header_entry,
                         std::vector<MadeTransaction> const& transactions) {
    bool const modern = parts.protocol >= kParallelSince;
    Xdr xdr;
    xdr.u32(modern ? 2 : 1).u32(1).u32(0).i64(kFeeWrite1Kb);
    xdr.raw(header_entry).raw(transaction_set(parts, transactions));
    xdr.u32(transactions.size());
    for (MadeTransaction const& made : transactions) xdr.raw(processing(made, modern));
    if (parts.upgrade_to == 0) {
        xdr.u32(0);
    } else {
        xdr.u32(1).raw(version_upgrade(parts.upgrade_to)).u32(0);
    }
    xdr.u32(0).u64(kStateBytes).u32(0);
    return modern ? xdr : xdr.u32(0);
}

}  // namespace indexer::simulator::stellar
