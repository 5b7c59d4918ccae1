#include "tests/simulator/stellar/node.hpp"

#include "base/json_writer.hpp"
#include "stellar/hex.hpp"
#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/stellar/expectation.hpp"
#include "tests/simulator/stellar/methods.hpp"

namespace indexer::simulator::stellar {
namespace {

std::string render(Ledgers const& ledgers, Slot seq, unsigned fork) {
    auto const head = ledgers.head(seq, fork);
    base::JsonWriter json;
    json.begin_object().member("hash", indexer::stellar::hex(head.hash()));
    json.member("sequence", seq).member("ledgerCloseTime", std::to_string(head.close_time));
    json.member("headerXdr", base64(head.entry));
    json.member("metadataXdr", base64(ledgers.meta(seq, fork))).end_object();
    return std::move(json).text();
}

}  // namespace

Node::Node(Ledgers const& ledgers, NodeOptions const& options, base::Clock const& clock)
    : ledgers_(ledgers),
      window_(ledgers, options.window, clock),
      lake_(ledgers, options.lake),
      software_(options.software),
      listings_(options.cache_bytes),
      views_(options.cache_bytes),
      next_unread_(ledgers.first()) {
}

std::int64_t Node::close_time(Slot seq) const {
    return ledgers_.has(seq) ? ledgers_.head(seq, 0).close_time : 0;
}

Text Node::listing(Slot seq, unsigned fork) const {
    auto const found = listings_.get({seq, fork}, [&] { return render(ledgers_, seq, fork); });
    return {found->size(), [found](Sink const& sink) { return sink(*found); }};
}

std::shared_ptr<LedgerView const> Node::view(Slot seq) const {
    return views_.get(seq,
                      [&] { return LedgerView(ledgers_.meta(seq, 0), ledgers_.passphrase()); });
}

void Node::index_up_to(Slot latest) const {
    while (auto const seq = ledgers_.at_or_after(next_unread_)) {
        if (*seq > latest) return;
        auto const ledger = view(*seq);
        for (std::size_t i = 0; i < ledger->transactions.size(); ++i) {
            auto const& transaction = ledger->transactions[i];
            places_.emplace(transaction.hash, TransactionPlace{*seq, i});
            if (!transaction.inner_hash.empty()) {
                places_.emplace(transaction.inner_hash, TransactionPlace{*seq, i});
            }
        }
        entries_.apply(*ledger->meta);
        next_unread_ = *seq + 1;
    }
}

std::optional<TransactionPlace> Node::find(std::string const& hash, Slot latest) const {
    std::lock_guard const lock(mutex_);
    index_up_to(latest);
    auto const found = places_.find(hash);
    if (found == places_.end() || found->second.ledger > latest) return std::nullopt;
    return found->second;
}

std::optional<EntryState> Node::entry(std::string const& key, Slot latest) const {
    std::lock_guard const lock(mutex_);
    index_up_to(latest);
    return entries_.find(key);
}

Answer Node::answer(Call const& call, Orders const& orders) const {
    return answer_by_method(*this, call, orders);
}

std::optional<std::string> Node::object(std::string const& key, Orders const& orders) const {
    return lake_.object(key, latest(orders), orders);
}

std::string Node::expectation(SlotSpan span) const {
    return stellar::expectation(*this, span);
}

}  // namespace indexer::simulator::stellar
