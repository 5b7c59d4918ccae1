#include "tests/simulator/stellar/expectation.hpp"

#include "base/json_writer.hpp"
#include "stellar/hex.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"

namespace indexer::simulator::stellar {
namespace {

struct Sums {
    std::uint64_t ledgers = 0;
    std::uint64_t transactions = 0;
    std::uint64_t failed = 0;
    std::uint64_t operations = 0;
    std::uint64_t events = 0;
    std::int64_t fees = 0;
    std::string first_hash;
    std::string last_hash;
};

std::uint64_t operations_of(std::string_view xdr) {
    indexer::stellar::xdr::Decoder decoder;
    auto const& type = indexer::stellar::xdr::stellar_schema().type("TransactionEnvelope");
    auto const envelope = decoder.decode(type, xdr);
    auto transaction = (*envelope.content())["tx"];
    if (envelope.arm() == "tx_fee_bump") transaction = (*transaction["inner_tx"].content())["tx"];
    return transaction["operations"].size();
}

// The result begins with it.
std::int64_t fee_of(std::string_view result) {
    std::uint64_t fee = 0;
    for (unsigned i = 0; i < 8; ++i) fee = (fee << 8U) | static_cast<unsigned char>(result[i]);
    return static_cast<std::int64_t>(fee);
}

void add(Sums& sums, LedgerView const& ledger) {
    sums.events += ledger.events.size();
    for (TransactionView const& transaction : ledger.transactions) {
        ++sums.transactions;
        sums.failed += transaction.success ? 0 : 1;
        sums.operations += operations_of(transaction.envelope);
        sums.fees += fee_of(transaction.result);
    }
}

}  // namespace

std::string expectation(Node const& node, SlotSpan span) {
    Sums sums;
    auto seq = node.ledgers().at_or_after(span.first);
    for (; seq && *seq <= span.last; seq = node.ledgers().at_or_after(*seq + 1)) {
        sums.last_hash = indexer::stellar::hex(node.ledgers().head(*seq, 0).hash());
        if (sums.ledgers++ == 0) sums.first_hash = sums.last_hash;
        add(sums, *node.view(*seq));
    }
    base::JsonWriter json;
    json.begin_object().member("ledgers", sums.ledgers).member("transactions", sums.transactions);
    json.member("failed", sums.failed).member("operations", sums.operations);
    json.member("events", sums.events).member("fees", sums.fees);
    json.member("first_hash", sums.first_hash).member("last_hash", sums.last_hash).end_object();
    return std::move(json).text();
}

}  // namespace indexer::simulator::stellar
