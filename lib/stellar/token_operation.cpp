#include "stellar/token_operation.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "stellar/hex.hpp"
#include "stellar/xdr/text.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar {
namespace {

using Addresses = std::vector<xdr::Value>;

// SCValType
enum class Kind : std::int32_t {
    boolean = 0,
    u32 = 3,
    u64 = 5,
    i128 = 10,
    bytes = 13,
    string = 14,
    symbol = 15,
    vector = 16,
    map = 17,
    address = 18,
};

bool is(xdr::Value const& value, Kind kind) {
    return value.discriminant() == static_cast<std::int32_t>(kind);
}

std::optional<std::string> text(xdr::Value const& value) {
    return xdr::text_of(*value.content());
}

model::Numeric amount_of(xdr::Value const& i128) {
    auto const wire = i128.content()->wire();
    auto const high = xdr::load_u64(wire.data());
    auto const low = xdr::load_u64(wire.data() + sizeof high);
    auto const bits = base::Uint128{high} << 64U | low;
    bool const negative = (high >> 63U) != 0;
    return {.magnitude = negative ? ~bits + 1 : bits, .negative = negative};
}

bool take_amount(xdr::Value const& value, TokenOperation& operation) {
    if (!is(value, Kind::i128)) return false;
    operation.amount = amount_of(value);
    return true;
}

// Of a map with symbols for keys; other keys than the one looked for may be there.
xdr::OptionalValue member(xdr::Value const& map, std::string_view name) {
    auto const entries = map.content()->present();
    if (!entries) return std::nullopt;
    for (auto const entry : *entries) {
        auto const key = entry["key"];
        if (is(key, Kind::symbol) && key.content()->bytes() == name) return entry["val"];
    }
    return std::nullopt;
}

void take_muxed_id(xdr::Value const& id, TokenOperation& operation) {
    auto const content = id.content();
    if (is(id, Kind::u64)) {
        operation.to_muxed_id = std::to_string(content->natural());
    } else if (is(id, Kind::string)) {
        operation.to_muxed_id = xdr::text_of(*content);
    } else if (is(id, Kind::bytes)) {
        operation.to_muxed_id = hex(content->bytes());
    }
    if (operation.to_muxed_id) operation.to_muxed_type = id.arm();
}

// An i128, or a map of it and of whom it was for.
bool take_moved(xdr::Value const& data, TokenOperation& operation) {
    if (!is(data, Kind::map)) return take_amount(data, operation);
    auto const amount = member(data, "amount");
    if (auto const id = member(data, "to_muxed_id")) take_muxed_id(*id, operation);
    return amount && take_amount(*amount, operation);
}

bool take_expiration(xdr::Value const& value, TokenOperation& operation) {
    if (!is(value, Kind::u32)) return false;
    operation.expiration_ledger = value.content()->integer();
    return true;
}

// [amount, ledger], or a map of the two.
bool take_allowance(xdr::Value const& data, TokenOperation& operation) {
    if (is(data, Kind::map)) {
        auto const amount = member(data, "amount");
        auto const ledger = member(data, "live_until_ledger");
        return amount && ledger && take_amount(*amount, operation) &&
               take_expiration(*ledger, operation);
    }
    if (!is(data, Kind::vector)) return false;
    auto const values = data.content()->present();
    if (!values || values->size() != 2) return false;
    auto at = values->begin();
    auto const amount = *at;
    return take_amount(amount, operation) && take_expiration(*++at, operation);
}

// from, to
bool transfer(Addresses const& who, xdr::Value const& data, TokenOperation& operation) {
    if (who.size() != 2) return false;
    operation.from = text(who[0]);
    operation.to = text(who[1]);
    return take_moved(data, operation);
}

// [admin,] to
bool mint(Addresses const& who, xdr::Value const& data, TokenOperation& operation) {
    if (who.empty() || who.size() > 2) return false;
    if (who.size() == 2) operation.admin = text(who[0]);
    operation.to = text(who.back());
    return take_moved(data, operation);
}

// from
bool burn(Addresses const& who, xdr::Value const& data, TokenOperation& operation) {
    if (who.size() != 1) return false;
    operation.from = text(who[0]);
    return take_moved(data, operation);
}

// [admin,] from
bool clawback(Addresses const& who, xdr::Value const& data, TokenOperation& operation) {
    if (who.empty() || who.size() > 2) return false;
    if (who.size() == 2) operation.admin = text(who[0]);
    operation.from = text(who.back());
    return take_moved(data, operation);
}

// from, spender
bool approve(Addresses const& who, xdr::Value const& data, TokenOperation& operation) {
    if (who.size() != 2) return false;
    operation.from = text(who[0]);
    operation.to = text(who[1]);
    return take_allowance(data, operation);
}

// [admin,] id
bool set_authorized(Addresses const& who, xdr::Value const& data, TokenOperation& operation) {
    if (who.empty() || who.size() > 2 || !is(data, Kind::boolean)) return false;
    if (who.size() == 2) operation.admin = text(who[0]);
    operation.to = text(who.back());
    operation.authorized = data.content()->flag();
    return true;
}

// admin; the data is the new one
bool set_admin(Addresses const& who, xdr::Value const& data, TokenOperation& operation) {
    if (who.size() != 1 || !is(data, Kind::address)) return false;
    operation.admin = text(who[0]);
    operation.from = operation.admin;
    operation.to = text(data);
    return true;
}

// from; negative when some of it is paid back
bool fee(Addresses const& who, xdr::Value const& data, TokenOperation& operation) {
    if (who.size() != 1) return false;
    operation.from = text(who[0]);
    return take_amount(data, operation);
}

struct Form {
    std::string_view name;
    bool (*read)(Addresses const&, xdr::Value const&, TokenOperation&);
    bool of_transaction = false;
};

constexpr std::array kForms{
    Form{"transfer", transfer},   Form{"mint", mint},       Form{"burn", burn},
    Form{"clawback", clawback},   Form{"approve", approve}, Form{"set_authorized", set_authorized},
    Form{"set_admin", set_admin}, Form{"fee", fee, true},
};

// The topics behind the name: addresses, and at the end of a Stellar asset's the asset. False for
// others.
bool take_topics(xdr::Value::Iterator at, xdr::Value::Iterator const& end, Addresses& who,
                 TokenOperation& operation) {
    for (; !(at == end); ++at) {
        auto const topic = *at;
        if (operation.asset) return false;
        if (is(topic, Kind::address)) {
            who.push_back(topic);
        } else if (is(topic, Kind::string)) {
            operation.asset = text(topic);
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace

std::optional<TokenOperation> read_token_operation(xdr::Value const& event, bool of_transaction) {
    auto const body = *event["body"].content();
    auto const topics = body["topics"];
    if (topics.size() == 0 || event["type"].member() != "contract") return std::nullopt;
    auto topic = topics.begin();
    auto const symbol = *topic;
    if (!is(symbol, Kind::symbol)) return std::nullopt;
    auto const name = symbol.content()->bytes();
    auto const* const form = std::find_if(kForms.begin(), kForms.end(),
                                          [&](Form const& one) { return one.name == name; });
    if (form == kForms.end() || form->of_transaction != of_transaction) return std::nullopt;
    TokenOperation operation;
    operation.type = form->name;
    Addresses who;
    if (!take_topics(++topic, topics.end(), who, operation)) return std::nullopt;
    if (!form->read(who, body["data"], operation)) return std::nullopt;
    return operation;
}

}  // namespace indexer::stellar
