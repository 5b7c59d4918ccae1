#include "stellar/ledger_decoder.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "stellar/envelope_index.hpp"
#include "stellar/hex.hpp"
#include "stellar/ledger_builder.hpp"
#include "stellar/transaction.hpp"
#include "stellar/xdr/marked_stream.hpp"
#include "stellar/xdr/schema.hpp"

namespace indexer::stellar {
namespace {

base::Error unexpected(base::Seq expected, std::string const& what) {
    return {base::Fault::not_understood, base::Recovery::retry_elsewhere,
            fmt::format("stellar: {} where ledger {} belongs", what, expected.value())};
}

void require(model::Block const& block, base::Seq expected) {
    if (block.link.seq == expected) return;
    throw unexpected(expected, fmt::format("ledger {}", block.link.seq.value()));
}

constexpr std::int32_t kWithRefundsBehind = 2;  // version of LedgerCloseMeta

xdr::Type const& ledger_type() {
    static auto const& type = xdr::stellar_schema().type("LedgerCloseMeta");
    return type;
}

}  // namespace

model::Block LedgerDecoder::decode(std::string_view bytes) {
    return read(decoder_.decode(ledger_type(), bytes));
}

std::vector<model::Block> LedgerDecoder::decode_stream(std::string_view stream,
                                                       base::SeqRange range) {
    std::vector<model::Block> blocks;
    xdr::MarkedStream records(stream);
    for (auto seq = range.begin; seq < range.end; seq = seq.next()) {
        auto const bytes = records.next();
        if (!bytes) throw unexpected(seq, "the end of the answer");
        blocks.push_back(decode(*bytes));
        require(blocks.back(), seq);
    }
    return blocks;
}

// All fees are charged before the first transaction is applied, and since protocol 23 what is paid
// back of them is so after the last.
model::Block LedgerDecoder::read(xdr::Value const& ledger) {
    auto const contents = *ledger.content();
    auto const processing = contents["tx_processing"];
    LedgerBuilder builder(read_head(contents), network_, content_, contracts_);
    for (auto const one : processing) builder.add_changes(one["fee_processing"]);
    EnvelopeIndex const envelopes(network_, contents);
    std::int32_t order = 0;
    for (auto const one : processing) {
        auto const pair = one["result"];
        auto const hash = pair["transaction_hash"].bytes();
        builder.add(read_transaction(++order, hex(hash), envelopes.find(hash), pair["result"]),
                    one["tx_apply_processing"]);
    }
    if (ledger.discriminant() >= kWithRefundsBehind) {
        for (auto const one : processing) builder.add_changes(one["post_tx_apply_fee_processing"]);
    }
    for (auto const upgrade : contents["upgrades_processing"]) {
        builder.add_changes(upgrade["changes"]);
    }
    return std::move(builder).finish(contents);
}

}  // namespace indexer::stellar
