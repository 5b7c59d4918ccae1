#include "stellar/ledger_decoder.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "stellar/ledger_builder.hpp"
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

model::Block LedgerDecoder::read(xdr::Value const& ledger) const {
    auto const contents = *ledger.content();
    LedgerBuilder builder(read_head(contents), content_);
    for (auto const transaction : contents["tx_processing"]) builder.add(transaction);
    return std::move(builder).finish(contents);
}

}  // namespace indexer::stellar
