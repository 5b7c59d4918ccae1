#include "tests/simulator/stellar/entry_methods.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/json_writer.hpp"
#include "stellar/base64.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/stellar/parameters.hpp"

namespace indexer::simulator::stellar {
namespace {

constexpr std::size_t kMostKeys = 200;

bool is_key(std::string const& bytes) {
    indexer::stellar::xdr::Decoder decoder;
    try {
        auto const& type = indexer::stellar::xdr::stellar_schema().type("LedgerKey");
        static_cast<void>(decoder.decode(type, bytes));
        return true;
    } catch (base::Error const&) {
        return false;
    }
}

bool is_ttl(std::string const& key) {
    return key[3] == 9;
}

void write_entry(base::JsonWriter& json, std::string const& key, EntryState const& state) {
    json.begin_object().member("key", base64(key)).member("xdr", base64(state.data));
    json.member("lastModifiedLedgerSeq", state.last_modified);
    if (state.live_until) json.member("liveUntilLedgerSeq", *state.live_until);
    json.member("extXdr", base64(state.ext)).end_object();
}

}  // namespace

Answer get_ledger_entries(Node const& node, Call const& call, Orders const& orders) {
    if (auto wrong = wrong_format(call)) return invalid_params(*std::move(wrong));
    simdjson::dom::array keys;
    if (!call.named || (*call.named)["keys"].get(keys) != simdjson::SUCCESS) keys = {};
    if (keys.size() > kMostKeys) {
        return invalid_params(
            fmt::format("key count ({}) exceeds maximum supported ({})", keys.size(), kMostKeys));
    }
    auto const latest = node.latest(orders);
    base::JsonWriter json;
    json.begin_object().key("entries").begin_array();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        std::string_view const text = keys.at(i);
        std::string key;
        if (!indexer::stellar::decode_base64(text, key) || !is_key(key)) {
            return invalid_params(
                fmt::format("cannot unmarshal key value {} at index {}", text, i));
        }
        if (is_ttl(key)) return invalid_params("ledger ttl entries cannot be queried directly");
        if (auto const state = node.entry(key, latest)) write_entry(json, key, *state);
    }
    json.end_array().member("latestLedger", latest).end_object();
    return Answer::of(std::move(json).text());
}

}  // namespace indexer::simulator::stellar
