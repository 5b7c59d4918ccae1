#include "tests/simulator/stellar/entry_states.hpp"

#include <array>
#include <functional>
#include <string_view>
#include <vector>

#include "stellar/hash.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/simulator/encoding/xdr.hpp"

namespace indexer::simulator::stellar {
namespace {

using indexer::stellar::sha256;
using indexer::stellar::xdr::Value;

// The fields of an entry that its key is made of, by LedgerEntryType.
std::vector<std::string_view> key_fields(std::int32_t type) {
    switch (type) {
        case 0:
            return {"account_id"};
        case 1:
            return {"account_id", "asset"};
        case 2:
            return {"seller_id", "offer_id"};
        case 3:
            return {"account_id", "data_name"};
        case 4:
            return {"balance_id"};
        case 5:
            return {"liquidity_pool_id"};
        case 6:
            return {"contract", "key", "durability"};
        case 7:
            return {"hash"};
        default:
            return {};  // configuration and lifetimes cannot be asked for
    }
}

std::string key_of(Value const& data) {
    Xdr key;
    key.i32(data.discriminant());
    for (auto const field : key_fields(data.discriminant())) {
        key.raw((*data.content())[field].wire());
    }
    return key;
}

using Use = std::function<void(Value const&)>;

void each_change(Value const& changes, Use const& use) {
    for (auto const change : changes) use(change);
}

void each_operation(Value const& operations, Use const& use) {
    for (auto const operation : operations) each_change(operation["changes"], use);
}

void each_change_of_meta(Value const& meta, Use const& use) {
    if (meta.arm() == "v0") return each_operation(*meta.content(), use);
    auto const content = *meta.content();
    if (meta.arm() == "v1") {
        each_change(content["tx_changes"], use);
        return each_operation(content["operations"], use);
    }
    each_change(content["tx_changes_before"], use);
    each_operation(content["operations"], use);
    each_change(content["tx_changes_after"], use);
}

void each_change_of_ledger(Value const& ledger, Use const& use) {
    auto const content = *ledger.content();
    auto const transactions = content["tx_processing"];
    for (auto const entry : transactions) each_change(entry["fee_processing"], use);
    for (auto const entry : transactions) each_change_of_meta(entry["tx_apply_processing"], use);
    if (ledger.arm() == "v2") {
        for (auto const entry : transactions) {
            each_change(entry["post_tx_apply_fee_processing"], use);
        }
    }
    for (auto const upgrade : content["upgrades_processing"]) each_change(upgrade["changes"], use);
}

}  // namespace

void EntryStates::apply(std::string const& meta) {
    indexer::stellar::xdr::Decoder decoder;
    auto const& type = indexer::stellar::xdr::stellar_schema().type("LedgerCloseMeta");
    each_change_of_ledger(decoder.decode(type, meta), [&](Value const& change) {
        auto const content = *change.content();
        if (change.arm() == "state") return;
        if (change.arm() == "removed") {
            entries_.erase(std::string(content.wire()));
            return;
        }
        auto const data = content["data"];
        if (auto const ttl = data.when("ttl")) {
            live_until_[std::string((*ttl)["key_hash"].bytes())] =
                (*ttl)["live_until_ledger_seq"].natural();
            return;
        }
        entries_[key_of(data)] = {.data = std::string(data.wire()),
                                  .ext = std::string(content["ext"].wire()),
                                  .last_modified = content["last_modified_ledger_seq"].natural(),
                                  .live_until = std::nullopt};
    });
}

std::optional<EntryState> EntryStates::find(std::string const& key) const {
    auto const found = entries_.find(key);
    if (found == entries_.end()) return std::nullopt;
    auto state = found->second;
    auto const live = live_until_.find(std::string(sha256(key).bytes()));
    if (live != live_until_.end()) state.live_until = live->second;
    return state;
}

}  // namespace indexer::simulator::stellar
