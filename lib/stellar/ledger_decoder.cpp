#include "stellar/ledger_decoder.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "stellar/envelope_index.hpp"
#include "stellar/hex.hpp"
#include "stellar/known_header.hpp"
#include "stellar/ledger_builder.hpp"
#include "stellar/ledger_proof.hpp"
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
    struct Forget {
        xdr::Decoder& decoder;
        ~Forget() { decoder.forget(); }
    } const when_read{decoder_};
    return read(decoder_.decode(ledger_type(), bytes));
}

model::Block LedgerDecoder::decode(std::string_view bytes, base::Seq seq) {
    try {
        return decode(bytes);
    } catch (xdr::DecodeError const& error) {
        if (auto block = keep(bytes, seq, error)) return *std::move(block);
        throw;
    }
}

// What is not understood outside of the header may as well be garbage of one endpoint, so that is
// no block, and others are asked.
std::optional<model::Block> LedgerDecoder::keep(std::string_view bytes, base::Seq seq,
                                                xdr::DecodeError const& error) {
    if (!error.may_be_newer()) return std::nullopt;
    auto const header = find_header(bytes, seq);
    if (!header || error.offset() < header->begin || error.offset() >= header->end) {
        return std::nullopt;
    }
    meet(header->protocol);
    std::string raw;
    xdr::append_marked(raw, bytes);
    return model::Block{.link = {seq, hex(header->hash.bytes())},
                        .parent = {base::Seq(seq.value() - 1), hex(header->previous_hash.bytes())},
                        .rows = model::empty_batches(content_.tables),
                        .dead_letters = {{.seq = seq,
                                          .path = {},
                                          .stage = "decode",
                                          .error = error.what(),
                                          .raw = std::move(raw)}}};
}

void LedgerDecoder::meet(std::uint32_t protocol) noexcept {
    newest_protocol_ = std::max(newest_protocol_, protocol);
}

std::vector<model::Block> LedgerDecoder::decode_stream(std::string_view stream,
                                                       base::SeqRange range) {
    std::vector<model::Block> blocks;
    xdr::MarkedStream records(stream);
    for (auto seq = range.begin; seq < range.end; seq = seq.next()) {
        auto const bytes = records.next();
        if (!bytes) throw unexpected(seq, "the end of the answer");
        blocks.push_back(decode(*bytes, seq));
        require(blocks.back(), seq);
    }
    return blocks;
}

void note_sender(std::vector<model::Block>& blocks, std::string const& endpoint) {
    for (model::Block& block : blocks) {
        for (model::DeadLetter& letter : block.dead_letters) letter.endpoint = endpoint;
    }
}

// All fees are charged before the first transaction is applied, and since protocol 23 what is paid
// back of them is so after the last.
model::Block LedgerDecoder::read(xdr::Value const& ledger) {
    auto const contents = *ledger.content();
    auto const processing = contents["tx_processing"];
    auto const head = read_head(contents);
    meet(static_cast<std::uint32_t>(head.header["ledger_version"].natural()));
    EnvelopeIndex envelopes(network_, contents);
    require_committed(head, contents);
    LedgerBuilder builder(head, network_, content_, contracts_);
    for (auto const one : processing) builder.add_changes(one["fee_processing"]);
    std::int32_t order = 0;
    for (auto const one : processing) {
        auto const pair = one["result"];
        auto const hash = pair["transaction_hash"].bytes();
        builder.add(read_transaction(++order, hex(hash), envelopes.take(hash), pair["result"]),
                    one["tx_apply_processing"]);
    }
    envelopes.require_all_taken();
    if (ledger.discriminant() >= kWithRefundsBehind) {
        for (auto const one : processing) builder.add_changes(one["post_tx_apply_fee_processing"]);
    }
    for (auto const upgrade : contents["upgrades_processing"]) {
        builder.add_changes(upgrade["changes"]);
    }
    return std::move(builder).finish(contents);
}

}  // namespace indexer::stellar
