#include "tests/simulator/stellar/ledger_view.hpp"

#include <algorithm>
#include <map>

#include "stellar/identity.hpp"
#include "stellar/ledger_batch.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"

namespace indexer::simulator::stellar {
namespace {

using indexer::stellar::Hash;
using indexer::stellar::xdr::Value;

constexpr std::uint64_t kLastTransaction = 1'048'575;
constexpr std::uint64_t kLastOperation = 4'095;

// The envelopes of a ledger by hash: its set has another order than its results.
using Envelopes = std::map<std::string, Value>;

void add(Envelopes& envelopes, Hash const& network, Value const& list) {
    for (auto const envelope : list) {
        auto const hash = indexer::stellar::transaction_hash(network, envelope);
        envelopes.emplace(hash.bytes(), envelope);
    }
}

void add_phase(Envelopes& envelopes, Hash const& network, Value const& phase) {
    if (auto const components = phase.when("v0")) {
        for (auto const component : *components) {
            add(envelopes, network, (*component.content())["txs"]);
        }
        return;
    }
    for (auto const stage : (*phase.content())["execution_stages"]) {
        for (auto const cluster : stage) add(envelopes, network, cluster);
    }
}

Envelopes envelopes_of(Value const& ledger, Hash const& network) {
    Envelopes envelopes;
    auto const set = (*ledger.content())["tx_set"];
    if (ledger.arm() == "v0") {
        add(envelopes, network, set["txs"]);
        return envelopes;
    }
    for (auto const phase : (*set.content())["phases"]) add_phase(envelopes, network, phase);
    return envelopes;
}

std::vector<std::string_view> wires(Value const& list) {
    std::vector<std::string_view> all;
    for (auto const element : list) all.push_back(element.wire());
    return all;
}

// Collects a ledger's events; those of the ledger as a whole are counted over all transactions.
class EventList {
  public:
    EventList(Slot ledger, std::vector<EventView>& events) : ledger_(ledger), events_(events) {}

    void add_transaction(std::size_t order, Value const& meta) {
        transaction_ = order;
        if (auto const v3 = meta.when("v3")) {
            if (auto const soroban = (*v3)["soroban_meta"].present()) {
                add_list((*soroban)["events"], 0);
            }
        } else if (auto const v4 = meta.when("v4")) {
            std::uint64_t operation = 0;
            for (auto const entry : (*v4)["operations"]) add_list(entry["events"], operation++);
            std::uint32_t after = 0;
            for (auto const entry : (*v4)["events"]) add_staged(entry, after);
        }
    }

  private:
    void add_list(Value const& list, std::uint64_t operation) {
        std::uint32_t index = 0;
        for (auto const event : list) {
            push(event, position(ledger_, transaction_, operation), index++);
        }
    }

    void add_staged(Value const& entry, std::uint32_t& after) {
        auto const stage = entry["stage"].member();
        auto const event = entry["event"];
        if (stage == "before_all_txs") {
            push(event, position(ledger_, 0, 0), before_++);
        } else if (stage == "after_tx") {
            push(event, position(ledger_, transaction_, kLastOperation), after++);
        } else {
            push(event, position(ledger_, kLastTransaction, 0), after_all_++);
        }
    }

    void push(Value const& event, std::uint64_t place, std::uint32_t index) {
        EventView view;
        view.position = place;
        view.index = index;
        view.transaction = transaction_ - 1;
        view.type = event["type"].member();
        if (auto const id = event["contract_id"].present()) view.contract = id->wire();
        auto const body = *event["body"].content();
        view.topics = wires(body["topics"]);
        view.value = body["data"].wire();
        events_.push_back(std::move(view));
    }

    Slot ledger_;
    std::vector<EventView>& events_;
    std::size_t transaction_ = 0;
    std::uint32_t before_ = 0;
    std::uint32_t after_all_ = 0;
};

void read_v3(TransactionView& view, Value const& meta) {
    auto const soroban = meta["soroban_meta"].present();
    if (!soroban) return;
    view.contract_events.push_back(wires((*soroban)["events"]));
    view.diagnostic_events = wires((*soroban)["diagnostic_events"]);
}

void read_v4(TransactionView& view, Value const& meta) {
    view.transaction_events = wires(meta["events"]);
    view.diagnostic_events = wires(meta["diagnostic_events"]);
    for (auto const operation : meta["operations"]) {
        view.contract_events.push_back(wires(operation["events"]));
    }
}

TransactionView transaction_view(Value const& processing, Envelopes const& envelopes) {
    auto const pair = processing["result"];
    auto const result = pair["result"];
    auto const meta = processing["tx_apply_processing"];
    auto const code = result["result"].discriminant();
    TransactionView view;
    view.hash = pair["transaction_hash"].wire();
    view.envelope = envelopes.at(std::string(view.hash)).wire();
    view.result = result.wire();
    view.meta = meta.wire();
    view.success = code == 0 || code == 1;
    if (code == 1 || code == -13) {
        view.inner_hash = (*result["result"].content())["transaction_hash"].wire();
    }
    if (auto const v3 = meta.when("v3")) read_v3(view, *v3);
    if (auto const v4 = meta.when("v4")) read_v4(view, *v4);
    return view;
}

}  // namespace

LedgerView::LedgerView(std::string xdr, std::string const& passphrase)
    : meta(std::make_unique<std::string const>(std::move(xdr))) {
    indexer::stellar::xdr::Decoder decoder;
    auto const& type = indexer::stellar::xdr::stellar_schema().type("LedgerCloseMeta");
    auto const ledger = decoder.decode(type, *meta);
    auto const header = indexer::stellar::header_entry(ledger)["header"];
    seq = indexer::stellar::ledger_seq(ledger).value();
    close_time = static_cast<std::int64_t>(header["scp_value"]["close_time"].natural());
    protocol = header["ledger_version"].natural();
    auto const envelopes = envelopes_of(ledger, indexer::stellar::network_id(passphrase));
    EventList list(seq, events);
    for (auto const processing : (*ledger.content())["tx_processing"]) {
        transactions.push_back(transaction_view(processing, envelopes));
        list.add_transaction(transactions.size(), processing["tx_apply_processing"]);
    }
    std::sort(events.begin(), events.end());
}

}  // namespace indexer::simulator::stellar
