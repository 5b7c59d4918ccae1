#include "stellar/operation_details.hpp"

#include "stellar/base64.hpp"
#include "stellar/hex.hpp"
#include "stellar/identity.hpp"
#include "stellar/json_text.hpp"
#include "stellar/strkey.hpp"
#include "stellar/xdr/json.hpp"

namespace indexer::stellar {
namespace {

bool is_asset(xdr::Type const& type) noexcept {
    return type.name == "Asset" || type.name == "ChangeTrustAsset";
}

void append_asset(std::string& json, xdr::Value const& asset);

void append_pool(std::string& json, xdr::Value const& parameters) {
    auto const pool = *parameters.content();
    append_plain(json, "liquidity_pool_id",
                 format_strkey(StrKeyKind::liquidity_pool, liquidity_pool_id(pool).bytes()));
    append_key(json, "asset_a");
    append_asset(json, pool["asset_a"]);
    append_key(json, "asset_b");
    append_asset(json, pool["asset_b"]);
    append_member(json, "fee", pool["fee"]);
}

void append_asset(std::string& json, xdr::Value const& asset) {
    json += '{';
    append_plain(json, "type", asset.arm());
    auto const content = asset.content();
    if (!content) {
        append_plain(json, "code", "XLM");
    } else if (asset.arm() == "pool_share") {
        append_pool(json, *content);
    } else {
        append_member(json, "code", (*content)["asset_code"]);
        append_member(json, "issuer", (*content)["issuer"]);
    }
    json += '}';
}

void append_path(std::string& json, xdr::Value const& path) {
    json += '[';
    for (auto const asset : path) {
        if (json.back() != '[') json += ',';
        append_asset(json, asset);
    }
    json += ']';
}

void append_field(std::string& json, std::string_view name, xdr::Value const& value) {
    auto const& type = value.type();
    if (type.kind == xdr::Kind::optional) {
        if (auto const present = value.present()) append_field(json, name, *present);
        return;
    }
    if (type.name == "ExtensionPoint") return;
    append_key(json, name);
    if (is_asset(type)) {
        append_asset(json, value);
    } else if (type.kind == xdr::Kind::variable_array && is_asset(*type.element)) {
        append_path(json, value);
    } else {
        xdr::append_json(json, value);
    }
}

void append_fields(std::string& json, xdr::Value const& structure) {
    for (auto const& field : structure.type().fields) {
        append_field(json, field.name, structure[field.name]);
    }
}

void append_data(std::string& json, xdr::Value const& body) {
    append_member(json, "data_name", body["data_name"]);
    auto const value = body["data_value"].present();
    if (!value) return;
    std::string text;
    append_base64(text, value->bytes());
    append_plain(json, "data_value", text);
}

// A claimant has one form, whose name says nothing.
void append_balance(std::string& json, xdr::Value const& body) {
    append_field(json, "asset", body["asset"]);
    append_member(json, "amount", body["amount"]);
    append_key(json, "claimants");
    json += '[';
    for (auto const claimant : body["claimants"]) {
        if (json.back() != '[') json += ',';
        xdr::append_json(json, *claimant.content());
    }
    json += ']';
}

void append_revocation(std::string& json, xdr::Value const& body) {
    append_plain(json, "type", body.arm());
    if (auto const signer = body.when("signer")) {
        append_fields(json, *signer);
    } else {
        append_member(json, "ledger_key", *body.content());
    }
}

void append_creation(std::string& json, Hash const& network, xdr::Value const& creation) {
    auto const preimage = creation["contract_id_preimage"];
    append_plain(json, "contract_id",
                 format_strkey(StrKeyKind::contract, contract_id(network, preimage).bytes()));
    append_fields(json, creation);
}

void append_host_function(std::string& json, Hash const& network, xdr::Value const& function) {
    auto const content = *function.content();
    append_plain(json, "host_function", function.arm());
    if (function.arm() == "invoke_contract") {
        append_fields(json, content);
    } else if (function.arm() == "upload_contract_wasm") {
        append_plain(json, "wasm_hash", hex(sha256(content.bytes()).bytes()));
    } else {
        append_creation(json, network, content);
    }
}

}  // namespace

std::string operation_details(Hash const& network, xdr::Value const& body) {
    std::string json = "{";
    auto const content = body.content();
    auto const type = body.arm();
    if (!content) return "{}";
    if (type == "account_merge") {
        append_member(json, "destination", *content);
    } else if (type == "manage_data") {
        append_data(json, *content);
    } else if (type == "create_claimable_balance") {
        append_balance(json, *content);
    } else if (type == "revoke_sponsorship") {
        append_revocation(json, *content);
    } else if (type == "invoke_host_function") {
        append_host_function(json, network, (*content)["host_function"]);
    } else {
        append_fields(json, *content);
    }
    return json + '}';
}

}  // namespace indexer::stellar
